package dev.coldstart.library;

import dev.coldstart.phase.Phase;
import dev.coldstart.weave.FirstUse;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import java.util.List;

/**
 * The embedding model of Spring AI that runs in the process. Loading it may fetch it from another
 * place first, into a cache of its own.
 */
public final class SpringAiTransformers implements Library {
  private static final String MODEL =
      "org.springframework.ai.transformers.TransformersEmbeddingModel";

  @Override
  public String name() {
    return "spring-ai-transformers";
  }

  @Override
  public String testedVersions() {
    return "2.0.1";
  }

  @Override
  public List<Probe> probes() {
    Phase phase = Phase.EMBEDDING;
    return List.of(
        FirstUse.time(phase, "embedding model load", MODEL, "afterPropertiesSet"),
        FirstUse.time(phase, "embedding: first call", "embedding call", MODEL, "call"));
  }
}
