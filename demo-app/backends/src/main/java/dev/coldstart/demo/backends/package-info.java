/**
 * Stand-ins for the systems an agent service talks to: model, tool servers, vector store, schema
 * host. They speak the real protocols; the delays are injected, and every injected delay is written
 * to a {@link dev.coldstart.demo.backends.Ledger} so that a profile can be checked against it.
 */
package dev.coldstart.demo.backends;
