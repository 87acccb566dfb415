package dev.coldstart.library;

import dev.coldstart.phase.Phase;
import dev.coldstart.weave.FirstUse;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import java.util.List;

/**
 * What embedding models in the process are made of: the ONNX runtime, whose native library is
 * unpacked first, a session for each model, and the tokenizer, which has a native library too. They
 * count as embedding, for which services of agents have them.
 */
public final class OnnxRuntime implements Library {
  private static final String ONNX = "ai.onnxruntime.";
  private static final String TOKENIZER = "ai.djl.huggingface.tokenizers.HuggingFaceTokenizer";

  @Override
  public String name() {
    return "onnx-runtime";
  }

  @Override
  public String testedVersions() {
    return "1.20.0 (tokenizers 0.36.0)";
  }

  @Override
  public List<Probe> probes() {
    Phase phase = Phase.EMBEDDING;
    return List.of(
        FirstUse.time(phase, "onnx: native library", ONNX + "OnnxRuntime", "load"),
        FirstUse.time(phase, "onnx: session", ONNX + "OrtEnvironment", "createSession"),
        FirstUse.time(phase, "onnx: tokenizer", TOKENIZER, "newInstance"));
  }
}
