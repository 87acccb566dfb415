package dev.coldstart.it.app;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/** A model of LangChain4j without a network: two words, each after 30 ms. */
final class Chat {
  private static final StreamingChatModel MODEL =
      new StreamingChatModel() {
        @Override
        public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
          pause();
          handler.onPartialResponse("first ");
          pause();
          handler.onPartialResponse("second");
          handler.onCompleteResponse(
              ChatResponse.builder().aiMessage(AiMessage.from("first second")).build());
        }
      };

  interface Sink {
    void accept(String word) throws IOException;
  }

  /** Streams an answer and marks the times around the first word's way out. */
  static void stream(String name, Sink sink) {
    MODEL.chat(
        ChatRequest.builder().messages(UserMessage.from("s3cr3t-prompt")).build(),
        new StreamingChatResponseHandler() {
          private boolean seen;

          @Override
          public void onPartialResponse(String word) {
            boolean first = !seen;
            seen = true;
            if (first) {
              Work.mark(name + ".before");
            }
            try {
              sink.accept(word);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            if (first) {
              Work.mark(name + ".after");
            }
          }

          @Override
          public void onCompleteResponse(ChatResponse response) {}

          @Override
          public void onError(Throwable error) {
            error.printStackTrace();
          }
        });
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(30);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Chat() {}
}
