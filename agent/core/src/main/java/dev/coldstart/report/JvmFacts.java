package dev.coldstart.report;

import java.util.List;

/**
 * The process a report is about. No property values are kept: they may hold secrets.
 *
 * @param version {@code java.version}
 * @param vm VM name and vendor
 * @param pid process id
 * @param flags JVM options that start with -X, without values of system properties
 * @param cpus processors the JVM sees
 * @param cpuQuota processors the cgroup allows, null when unlimited or unknown
 * @param cds class-data-sharing state: "default archive", "application archive" or "off"
 * @param aot AOT-cache state (JDK 24 and later): "on", "off", "rejected" or "unknown"
 * @param startEpochMillis wall-clock time of the process start, ms since 1970
 */
public record JvmFacts(
    String version,
    String vm,
    long pid,
    List<String> flags,
    int cpus,
    Double cpuQuota,
    String cds,
    String aot,
    long startEpochMillis) {}
