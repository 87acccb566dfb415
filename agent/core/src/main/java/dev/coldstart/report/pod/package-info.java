/** Reads what Kubernetes tells about a pod, and puts it in front of the process's own start. */
package dev.coldstart.report.pod;
