package dev.coldstart.it.app;

import java.util.ArrayList;
import java.util.List;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;

/** An embedding model for the stores of Spring AI, for which all texts are alike. */
final class TwoDimensions implements EmbeddingModel {
  private static final float[] VECTOR = {0.6f, 0.8f};

  @Override
  public EmbeddingResponse call(EmbeddingRequest request) {
    List<Embedding> all = new ArrayList<>();
    for (int i = 0; i < request.getInstructions().size(); i++) {
      all.add(new Embedding(VECTOR, i));
    }
    return new EmbeddingResponse(all);
  }

  @Override
  public float[] embed(Document document) {
    return VECTOR.clone();
  }
}
