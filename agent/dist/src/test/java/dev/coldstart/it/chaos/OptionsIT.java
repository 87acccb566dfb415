package dev.coldstart.it.chaos;

import dev.coldstart.agent.OptionInputs;
import dev.coldstart.it.app.TrivialApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Options that nobody meant cost a clear line each, never the application, never its start. */
class OptionsIT {
  @RegisterExtension
  static final Row ROW =
      new Row(
          "Made-up options: agent strings, properties, environment, config and probe files, from"
              + " nearly right to noise: a clear line for each mistake, at most 20 for a source,"
              + " nothing on them that a terminal would obey, no exception, no hang; and JVMs"
              + " started with the worst of them end as they do without the agent.");

  private static final int INPUTS = 10_000;
  private static final long SEED = 20_261_126;

  /** What an input may take, ns: a hang, not a busy machine. */
  private static final long HANG_NANOS = 5_000_000_000L;

  @TempDir private Path folder;

  @Test
  void eachMistakeIsToldInAClearLine() throws IOException {
    OptionInputs inputs = new OptionInputs(SEED, folder);
    long begin = System.nanoTime();
    for (int i = 0; i < INPUTS; i++) {
      long start = System.nanoTime();
      String wrong = inputs.next(i);
      ROW.ran();
      ROW.holds("input " + i + " of seed " + SEED, wrong == null, wrong);
      ROW.holds("input " + i, System.nanoTime() - start < HANG_NANOS, "took too long");
    }
    ROW.note(INPUTS + " inputs read in " + (System.nanoTime() - begin) / 1_000_000 + " ms");
  }

  @Test
  void anApplicationEndsAsWithoutTheAgent() throws IOException {
    ForkedApp.Ended plain = AgentRun.on(Jdks.any(), folder).withoutAgent().run(TrivialApp.class);
    List<Map.Entry<String, UnaryOperator<AgentRun>>> worst = new ArrayList<>(worst().entrySet());
    int step = Math.max(1, worst.size() / Row.size(8, worst.size()));
    for (int i = 0; i < worst.size(); i += step) {
      String name = worst.get(i).getKey();
      AgentRun run = AgentRun.on(Jdks.any(), folder).env("LC_ALL", "C.UTF-8");
      ForkedApp.Ended ended = worst.get(i).getValue().apply(run).run(TrivialApp.class);
      ROW.ran();
      ROW.holds(name, ended.exit() == plain.exit(), "exit " + ended.exit());
      ROW.holds(name, ended.out().equals(plain.out()), "stdout " + ended.out());
      String unclear = OptionInputs.unclear(withoutSummary(ended.err()));
      ROW.holds(name, unclear == null, unclear);
      ROW.holds(name, ended.err().contains("coldstart: "), "nothing is said");
    }
  }

  private Map<String, UnaryOperator<AgentRun>> worst() throws IOException {
    String many = "x=1,".repeat(20_000);
    String loud = "\u001b]0;title\u0007\u001b[2J";
    Path lines = Files.writeString(folder.resolve("lines"), "nonsense\n".repeat(50_000));
    Path large = Files.write(folder.resolve("large"), new byte[3 << 20]);
    Path binary =
        Files.write(
            folder.resolve("binary"), "\u00ff\u0000=".getBytes(StandardCharsets.ISO_8859_1));
    Path braces = Files.writeString(folder.resolve("braces"), "a.B#c d " + "{0}".repeat(50_000));
    Map<String, UnaryOperator<AgentRun>> all = new LinkedHashMap<>();
    all.put("20,000 unknown options", run -> run.options(many));
    all.put("a terminal's commands as a key", run -> run.options(loud + "=1"));
    all.put("a terminal's commands as a value", run -> run.options("warm=" + loud));
    all.put("a property's name", run -> run.jvm("-Dcoldstart.x" + loud + "=1"));
    all.put(
        "a long value of the environment", run -> run.env("COLDSTART_WARM", "9".repeat(100_000)));
    all.put("a device that never ends", run -> run.options("config=/dev/zero"));
    all.put("probes from a device", run -> run.options("probes=/dev/zero"));
    all.put("a folder", run -> run.options("probes=" + folder));
    all.put("50,000 wrong lines", run -> run.options("config=" + lines));
    all.put("50,000 wrong probes", run -> run.options("probes=" + lines));
    all.put("a large file", run -> run.options("config=" + large));
    all.put("a binary file", run -> run.options("config=" + binary));
    all.put("braces", run -> run.options("probes=" + braces));
    all.put("20,000 requests", run -> run.options("requests=" + "a;".repeat(20_000)));
    all.put("20,000 libraries", run -> run.options("disable=" + "a;".repeat(20_000)));
    all.put("nothing but commas", run -> run.options(",".repeat(50_000) + "="));
    return all;
  }

  /** The table and what follows it are not about options. */
  private static String withoutSummary(String err) {
    int table = err.indexOf("coldstart: nothing was measured");
    return table < 0 ? err : err.substring(0, table);
  }
}
