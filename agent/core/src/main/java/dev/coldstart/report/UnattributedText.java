package dev.coldstart.report;

import dev.coldstart.report.Explained.Reason;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The line of a summary that explains what no phase covers. */
final class UnattributedText {
  private static final int MAX_REASONS = 5;
  private static final int MAX_DETAIL = 80;

  /** Empty when nothing can be said. */
  static String of(RequestReport request, int cpus) {
    Explained explained = request.explained();
    if (explained == null) {
      return request.classesDefined() == 0
          ? ""
          : request.classesDefined()
              + " classes were defined meanwhile; loading those no phase covers is in here";
    }
    String own = list(explained.reasons(), Explained.REQUEST);
    String all = list(explained.reasons(), Explained.PROCESS);
    StringBuilder text = new StringBuilder();
    if (!own.isEmpty()) {
      text.append("of its ").append(Human.time(request.unattributedNanos())).append(": ");
      text.append(own).append(". ");
    }
    if (!all.isEmpty()) {
      text.append("Process-wide meanwhile, not to be added up: ").append(all).append(". ");
    }
    if (explained.cpuNanos() != null) {
      long stretch = explained.toNanos() - explained.fromNanos();
      text.append(
          String.format(
              Locale.ROOT,
              "CPU %s over %s on %s",
              Human.time(explained.cpuNanos()),
              Human.time(stretch),
              Human.count(cpus, "CPU")));
    } else if (!explained.unknown().isEmpty()) {
      text.append("Unknown: ").append(Human.clean(explained.unknown().get(0), 100));
    }
    return text.toString().trim();
  }

  private static String list(List<Reason> reasons, String scope) {
    return reasons.stream()
        .filter(reason -> reason.scope().equals(scope) && reason.tookNanos() != null)
        .limit(MAX_REASONS)
        .map(UnattributedText::one)
        .collect(Collectors.joining(", "));
  }

  private static String one(Reason reason) {
    String time = Human.time(reason.tookNanos());
    String what = Human.clean(reason.what(), 40);
    String detail = reason.detail().isEmpty() ? "" : " " + Human.clean(reason.detail(), MAX_DETAIL);
    return switch (reason.what()) {
      case "stopped" -> "at least " + time + " in which the process did not run";
      case "no cpu" -> "at least " + time + " waiting for something or for a CPU";
      case "weaving" -> "weaving " + time + " (Coldstart's own)";
      case "frame" -> "about " + time + " in" + detail;
      case "class loading" ->
          what + ' ' + time + (reason.count() == null ? "" : " (" + reason.count() + " classes)");
      case "compilation" -> what + ' ' + time + " on compiler threads";
      default -> what + detail + ' ' + time;
    };
  }

  private UnattributedText() {}
}
