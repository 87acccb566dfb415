/**
 * Attribution: which phase a request was waiting for at each instant. Pure functions on plain
 * values: no Byte Buddy, no OpenTelemetry, no clock. Nothing here is null unless said so.
 */
package dev.coldstart.phase;
