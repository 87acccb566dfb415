package dev.coldstart.compare;

import dev.coldstart.measure.Samples;
import dev.coldstart.measure.Samples.Environment;
import dev.coldstart.measure.Samples.Inside;
import dev.coldstart.measure.Samples.PhaseNanos;
import dev.coldstart.measure.Samples.Request;
import dev.coldstart.measure.Samples.Run;
import dev.coldstart.measure.Samples.Variant;
import dev.coldstart.measure.Samples.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Samples whose truth is known: normal noise around times that are chosen. */
public final class MadeSamples {
  private static final long MS = 1_000_000;

  private final List<Variant> variants = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();
  private String java = "17.0.15";

  /** The Java version of the variants to come. */
  public MadeSamples java(String version) {
    java = version;
    return this;
  }

  /** A variant whose tool registry takes so many ms, with 5 % noise. */
  public MadeSamples variant(String name, int count, double registryMillis, long seed) {
    Random random = new Random(seed);
    variants.add(new Variant(name, List.of(), "option"));
    for (int i = 1; i <= count; i++) {
      long registry = noisy(registryMillis, random);
      long ttft = noisy(300, random);
      long rest = noisy(400, random);
      long wall = registry + ttft + rest;
      Request cold =
          new Request(
              "cold",
              1,
              wall,
              registry + ttft,
              List.of(
                  new PhaseNanos("tool_registry", registry),
                  new PhaseNanos("llm_ttft", ttft),
                  new PhaseNanos("unattributed", rest)));
      Inside report =
          new Inside(
              java, "default archive", "off", noisy(800, random), List.of(), cold, null, 40, 90);
      Visit visit = new Visit(200, wall, wall, wall + MS);
      runs.add(
          new Run(
              name,
              i,
              "ok",
              null,
              1,
              noisy(900, random),
              null,
              noisy(2_000, random),
              visit,
              List.of(),
              report));
    }
    return this;
  }

  /** A run that does not count. */
  public MadeSamples failed(String name) {
    runs.add(new Run(name, 99, "timeout", "too slow", 1, null, null, null, null, List.of(), null));
    return this;
  }

  /** All of it. */
  public Samples samples() {
    return new Samples(
        Samples.SCHEMA,
        new Environment(
            "0.1.0", "Linux 6", "amd64", 2, "17.0.15", "java -jar a.jar", "url", null, 1),
        variants,
        runs);
  }

  private static long noisy(double millis, Random random) {
    return Math.max(0, Math.round(millis * (1 + 0.05 * random.nextGaussian()) * MS));
  }
}
