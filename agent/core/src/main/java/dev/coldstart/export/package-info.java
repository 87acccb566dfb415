/**
 * Where a report goes: files, JFR, OpenTelemetry. Loaded after the first request only, and used by
 * one thread. Nothing here is null unless said so.
 */
package dev.coldstart.export;
