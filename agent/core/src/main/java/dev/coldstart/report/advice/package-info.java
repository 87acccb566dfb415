/**
 * What a reader of a report could do. Pure: a report in, advice out; never without a measured
 * reason.
 */
package dev.coldstart.report.advice;
