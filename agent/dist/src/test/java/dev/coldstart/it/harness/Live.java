package dev.coldstart.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a full collection leaves of a type.
 *
 * @param count objects
 * @param bytes of them
 */
public record Live(long count, long bytes) {
  /** The key of all types together. */
  public static final String TOTAL = "Total";

  /** Of our classes, by name, and of all. */
  public static Map<String, Live> of(AgentRun run, ForkedApp app) {
    ForkedApp.Ended histogram = run.tool("jcmd", "" + app.pid(), "GC.class_histogram");
    Map<String, Live> live = new TreeMap<>();
    for (String line : histogram.out().lines().toList()) {
      String[] words = line.trim().split(" +", -1);
      boolean total = words[0].equals(TOTAL);
      if (total || (words.length > 3 && words[3].startsWith("dev.coldstart."))) {
        String type = total ? words[0] : words[3];
        live.merge(
            type,
            new Live(Long.parseLong(words[1]), Long.parseLong(words[2])),
            (a, b) -> new Live(a.count + b.count, a.bytes + b.bytes));
      }
    }
    assertThat(live).as(histogram.out()).containsKey(TOTAL);
    return live;
  }
}
