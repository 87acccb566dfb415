/**
 * Is the new version slower? Two sets of cold starts compared metric by metric, and the answer in
 * the formats that people and CI systems read. Command line only.
 */
package dev.coldstart.compare;
