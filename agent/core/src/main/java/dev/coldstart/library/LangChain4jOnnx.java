package dev.coldstart.library;

import dev.coldstart.phase.Phase;
import dev.coldstart.weave.FirstUse;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import java.util.List;

/**
 * Embedding models of LangChain4j that run in the process: one encoder for each, made when the
 * class of the model is first used, often at start-up.
 */
public final class LangChain4jOnnx implements Library {
  private static final String ENCODER = "dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder";

  @Override
  public String name() {
    return "langchain4j-onnx";
  }

  @Override
  public String testedVersions() {
    return "1.20.0-beta30";
  }

  @Override
  public List<Probe> probes() {
    Phase phase = Phase.EMBEDDING;
    return List.of(
        FirstUse.time(phase, "embedding model load", ENCODER, "<init>"),
        FirstUse.time(phase, "embedding: first text", "embedding: text", ENCODER, "embed"));
  }
}
