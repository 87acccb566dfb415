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

  /** A tool run between model rounds. */
  public static final int TOOL_CALL = 3;

  /** Connecting to a vector store, where one method both connects and asks. */
  public static final int VECTOR_STORE_CONNECT = 4;

  /** First id of the library files. */
  static final int FIRST = 16;

  private static volatile Probe[] probes = new Probe[0];

  private Sites() {}

  /** Phase of an interval recorded at this site, "unknown" for an id that was never woven. */
  public static String phase(int site) {
    switch (site) {
      case LLM_TTFT:
        return Phase.LLM_TTFT.id();
      case LLM_GENERATION:
        return Phase.LLM_GENERATION.id();
      case TOOL_CALL:
        return Phase.TOOL_CALL.id();
      case VECTOR_STORE_CONNECT:
        return Phase.VECTOR_STORE_CONNECT.id();
      default:
        Probe probe = probe(site);
        return probe == null || probe.phase() == null ? "unknown" : probe.phase();
    }
  }

  /** Name of an interval recorded at this site. */
  public static String span(int site) {
    switch (site) {
      case LLM_TTFT:
        return "model: first token";
      case LLM_GENERATION:
        return "model: rest of the answer";
      case TOOL_CALL:
        return "tool call";
      case VECTOR_STORE_CONNECT:
        return "vector store connect";
      default:
        Probe probe = probe(site);
        return probe == null || probe.span() == null ? "unknown" : probe.span();
    }
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

  private static Probe probe(int site) {
    Probe[] all = probes;
    return site >= 0 && site < all.length ? all[site] : null;
  }
}
