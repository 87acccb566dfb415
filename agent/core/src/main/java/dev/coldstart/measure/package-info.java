/**
 * Cold starts of any command, one after the other: launch, wait until ready, send the requests,
 * stop, keep what was measured. Command line only; never loaded in an application that is watched.
 */
package dev.coldstart.measure;
