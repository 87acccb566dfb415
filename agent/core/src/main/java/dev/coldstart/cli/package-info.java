/**
 * The command line, {@code java -jar coldstart-agent.jar}. Never loaded in an application that is
 * being watched.
 */
package dev.coldstart.cli;
