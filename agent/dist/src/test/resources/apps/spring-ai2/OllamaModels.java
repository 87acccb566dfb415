package dev.coldstart.it.app;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;

/** Spring AI's client of Ollama, from 2.0 on. */
final class OllamaModels {
  private OllamaModels() {}

  static ChatModel chat(String url, String model) {
    return OllamaChatModel.builder()
        .ollamaApi(OllamaApi.builder().baseUrl(url).build())
        .options(OllamaChatOptions.builder().model(model).build())
        .build();
  }
}
