package dev.coldstart.report.advice;

import dev.coldstart.report.RunReport.Advice;

/** One reason to advise something. Pure and thread-safe. */
interface Rule {
  /** Null when the report gives no reason. */
  Advice check(Findings findings);
}
