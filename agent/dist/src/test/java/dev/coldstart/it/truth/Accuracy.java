package dev.coldstart.it.truth;

import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Plays scripted agents under the packaged agent, and judges their reports by their ledgers. */
final class Accuracy {
  private static final String ENTRY = ScriptedAgent.Entry.class.getName();

  private final Jdk jdk;
  private final Path folder;
  private final Score score = new Score();

  Accuracy(Jdk jdk, Path folder) {
    this.jdk = jdk;
    this.folder = folder;
  }

  /**
   * Plays scripts with seeds that follow from the first.
   *
   * @param most requests at once
   */
  Score play(int cases, long seed, int most) throws IOException {
    Path probes = folder.resolve("probes");
    List<String> lines = Arrays.stream(Act.values()).map(Act::probe).collect(Collectors.toList());
    Files.write(probes, lines);
    Random seeds = new Random(seed);
    for (int i = 0; i < cases; i++) {
      play(seeds.nextInt(Integer.MAX_VALUE), most, probes);
    }
    return score;
  }

  private void play(long seed, int most, Path probes) throws IOException {
    Script script = new Script(seed, most);
    Path here = Files.createDirectories(folder.resolve("case-" + seed));
    Path ledger = here.resolve("ledger");
    String name = "case " + seed + " (" + script.entry + ", " + script.concurrency + " at once)";
    score.began(script.concurrency);
    ForkedApp.Ended ended =
        AgentRun.on(jdk, here)
            .options("warm=10000,summary=off,probes=" + probes)
            .options("requests=" + ENTRY + "#handle;" + ENTRY + "#later")
            .jvm("-Djava.util.concurrent.ForkJoinPool.common.parallelism=4")
            .args("" + seed, "" + most, "" + ledger)
            .run(ScriptedAgent.class);
    if (ended.exit() != 0 || !ended.err().isEmpty() || !Files.exists(ledger)) {
      score.missing(name + " ended with " + ended.exit() + ": " + ended.err());
      return;
    }
    new Judge(name, Ledger.read(ledger), score).judge(ForkedApp.report(here.resolve("reports")));
  }
}
