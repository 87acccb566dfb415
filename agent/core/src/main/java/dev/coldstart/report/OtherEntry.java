package dev.coldstart.report;

/**
 * Requests to one route in which no agent work ran (health probes, static files). They are never
 * "the first request".
 *
 * @param method HTTP method or kind of entry
 * @param route path without query, or route template
 * @param count requests
 * @param firstNanos how long the first of them took, until the end of its response
 * @param maxNanos the longest
 */
public record OtherEntry(String method, String route, long count, long firstNanos, long maxNanos) {}
