/**
 * The report: its model ({@code coldstart.report/1}), its JSON form and its renderings for people.
 * Nothing here is null unless said so.
 */
package dev.coldstart.report;
