package dev.coldstart.it.app;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaOptions;

/** Spring AI's client of Ollama, before 1.1. */
final class OllamaModels {
  private OllamaModels() {}

  static ChatModel chat(String url, String model) {
    return OllamaChatModel.builder()
        .ollamaApi(OllamaApi.builder().baseUrl(url).build())
        .defaultOptions(OllamaOptions.builder().model(model).build())
        .build();
  }
}
