package dev.coldstart.report;

import dev.coldstart.phase.Phase;
import dev.coldstart.phase.PhaseTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The one table of a summary: a row per phase, its bar, its share and the warm median beside it.
 */
final class SummaryTable {
  private static final int NAME = 24;
  private static final int BAR = 34;

  /** Rows before the smallest are put together, so that user phases cannot flood a terminal. */
  private static final int MAX_ROWS = 16;

  private record Row(String name, Long coldNanos, Long warmNanos, boolean estimated) {}

  private final RequestReport request;
  private final WarmReport warm;

  SummaryTable(RequestReport request, WarmReport warm) {
    this.request = request;
    this.warm = warm;
  }

  /** What the rows sum to, in ns; anything but the window is an error of ours. */
  long totalNanos() {
    return request.phases().stream().mapToLong(PhaseTime::exclusiveNanos).sum()
        + request.unattributedNanos();
  }

  boolean hasEstimate() {
    return rows().stream().anyMatch(Row::estimated);
  }

  void render(StringBuilder out) {
    List<Row> rows = rows();
    long largest =
        rows.stream().filter(r -> r.coldNanos() != null).mapToLong(Row::coldNanos).max().orElse(0);
    line(out, "phase", "", request.kind(), "share", "warm p50");
    for (Row row : rows) {
      Long cold = row.coldNanos();
      line(
          out,
          Human.clean(row.name(), NAME - 1),
          cold == null ? "" : bar(cold, largest),
          cold == null ? "-" : (row.estimated() ? "~" : "") + Human.time(cold),
          cold == null ? "-" : Human.share(cold, totalNanos()),
          row.warmNanos() == null ? "-" : Human.time(row.warmNanos()));
    }
    line(
        out,
        "total",
        "",
        Human.time(totalNanos()),
        Human.share(totalNanos(), totalNanos()),
        warm == null ? "-" : Human.time(warm.wall().p50Nanos()));
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (PhaseTime p : request.phases()) {
      if (p.exclusiveNanos() > 0 || p.hiddenNanos() == 0) {
        rows.add(new Row(p.phase(), p.exclusiveNanos(), warmNanos(p.phase()), p.estimated()));
      }
    }
    rows.sort(Comparator.comparing(Row::coldNanos, Comparator.reverseOrder()));
    if (warm != null) {
      addWarmOnly(rows);
    }
    foldSmallest(rows);
    rows.add(
        new Row(
            Phase.UNATTRIBUTED, request.unattributedNanos(), warmNanos(Phase.UNATTRIBUTED), false));
    return rows;
  }

  private void addWarmOnly(List<Row> rows) {
    List<String> known = rows.stream().map(Row::name).toList();
    for (WarmReport.PhasePercentiles p : warm.phases()) {
      boolean extra = !known.contains(p.phase()) && !p.phase().equals(Phase.UNATTRIBUTED);
      if (extra && p.p50Nanos() > 0) {
        rows.add(new Row(p.phase(), null, p.p50Nanos(), false));
      }
    }
  }

  private static void foldSmallest(List<Row> rows) {
    if (rows.size() <= MAX_ROWS) {
      return;
    }
    List<Row> rest = rows.subList(MAX_ROWS - 1, rows.size());
    long cold = rest.stream().mapToLong(r -> r.coldNanos() == null ? 0 : r.coldNanos()).sum();
    boolean estimated = rest.stream().anyMatch(Row::estimated);
    Row folded = new Row(Human.count(rest.size(), "smaller phase"), cold, null, estimated);
    rest.clear();
    rows.add(folded);
  }

  /** Null when there are no warm requests or the warm ones never had the phase. */
  private Long warmNanos(String phase) {
    WarmReport.PhasePercentiles found = warm == null ? null : warm.phase(phase);
    return found == null ? null : (Long) found.p50Nanos();
  }

  private static String bar(long nanos, long largest) {
    if (nanos <= 0 || largest <= 0) {
      return "";
    }
    int length = (int) Math.round((double) BAR * nanos / largest);
    return length == 0 ? "." : "#".repeat(length);
  }

  private static void line(
      StringBuilder out, String name, String bar, String cold, String share, String warm) {
    out.append("  ").append(name).append(" ".repeat(Math.max(1, NAME - name.length())));
    out.append(bar).append(" ".repeat(BAR - bar.length()));
    right(out, cold, 12);
    right(out, share, 10);
    right(out, warm, 12);
    out.append('\n');
  }

  private static void right(StringBuilder out, String text, int width) {
    out.append(" ".repeat(Math.max(1, width - text.length()))).append(text);
  }
}
