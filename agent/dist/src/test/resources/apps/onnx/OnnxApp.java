package dev.coldstart.it.app;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.util.List;
import org.springframework.ai.transformers.TransformersEmbeddingModel;

/** A real model in the process: LangChain4j has it at start-up, Spring AI loads it in a request. */
public final class OnnxApp implements Scenes.App {
  private static final String MODEL = "classpath:/all-minilm-l6-v2-q";

  private TransformersEmbeddingModel transformers;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    EmbeddingModel model = new AllMiniLmL6V2QuantizedEmbeddingModel();
    scenes.add("/embed", out -> out.write("" + model.embed("Hello").content().dimension()));
    scenes.add(
        "/embed/several",
        out ->
            out.write(
                ""
                    + model
                        .embedAll(List.of(TextSegment.from("one"), TextSegment.from("two")))
                        .content()
                        .size()));
    scenes.add("/transformers", out -> transformers = load());
    scenes.add("/transformers/embed", out -> transformers.embed("Hello"));
  }

  private static TransformersEmbeddingModel load() throws Exception {
    TransformersEmbeddingModel model = new TransformersEmbeddingModel();
    model.setDisableCaching(true);
    model.setModelResource(MODEL + ".onnx");
    model.setTokenizerResource(MODEL + "-tokenizer.json");
    model.afterPropertiesSet();
    return model;
  }
}
