package dev.coldstart.demo.springai;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** The service's endpoints. */
@RestController
class ChatController {
  private final ObjectProvider<ChatClient> assistant;

  ChatController(ObjectProvider<ChatClient> assistant) {
    this.assistant = assistant;
  }

  @GetMapping(path = "/chat", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  Flux<ServerSentEvent<String>> chat(@RequestParam("q") String question) {
    return assistant.getObject().prompt().user(question).stream()
        .content()
        .map(token -> ServerSentEvent.builder(token).build());
  }

  @GetMapping("/health")
  String health() {
    return "ok";
  }
}
