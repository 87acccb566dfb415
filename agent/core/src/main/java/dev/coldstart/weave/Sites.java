package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.phase.Phase;

/**
 * What each site id stands for. Ids are given at build time (see {@link IndexWriter}), so that a
 * class woven by one run means the same in the next.
 */
public final class Sites {
  /** A model call until its first content token. */
  public static final int LLM_TTFT = 1;

  /** A model call after its first content token. */
  public static final int LLM_GENERATION = 2;

  /** First id of the library files. */
  static final int FIRST = 16;

  private static final String UNKNOWN = "unknown";

  private static volatile Probe[] probes = new Probe[0];

  /** Knows the sites of classes that came from the cache, whose library files were not needed. */
  private static volatile Index index;

  private Sites() {}

  /** Phase of an interval recorded at this site, "unknown" for an id that was never woven. */
  public static String phase(int site) {
    return switch (site) {
      case LLM_TTFT -> Phase.LLM_TTFT.id();
      case LLM_GENERATION -> Phase.LLM_GENERATION.id();
      default -> {
        Probe probe = probe(site);
        yield probe == null || probe.phase() == null ? UNKNOWN : probe.phase();
      }
    };
  }

  /** Name of an interval recorded at this site. */
  public static String span(int site) {
    return switch (site) {
      case LLM_TTFT -> "model: first token";
      case LLM_GENERATION -> "model: rest of the answer";
      default -> {
        Probe probe = probe(site);
        yield probe == null || probe.span() == null ? UNKNOWN : probe.span();
      }
    };
  }

  static synchronized void register(int site, Probe probe) {
    if (site >= probes.length) {
      int length = Math.max(site + 1, 256);
      Probe[] moreProbes = new Probe[length];
      System.arraycopy(probes, 0, moreProbes, 0, probes.length);
      Hook[] moreHooks = new Hook[length];
      System.arraycopy(Recorder.hooks, 0, moreHooks, 0, Recorder.hooks.length);
      probes = moreProbes;
      Recorder.hooks = moreHooks;
    }
    probes[site] = probe;
    Recorder.hooks[site] = probe.hook;
  }

  static void resolveWith(Index ofThisRun) {
    index = ofThisRun;
  }

  private static Probe probe(int site) {
    Probe probe = registered(site);
    if (probe == null && site >= FIRST && index != null) {
      index.load(site);
      probe = registered(site);
    }
    return probe;
  }

  private static Probe registered(int site) {
    Probe[] all = probes;
    return site >= 0 && site < all.length ? all[site] : null;
  }
}
