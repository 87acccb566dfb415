/**
 * The report as a page for the browser: one file that holds its data, style and script, and asks
 * the network for nothing. The page's own sources are resources beside this package.
 */
package dev.coldstart.report.html;
