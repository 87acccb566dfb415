package dev.coldstart.it.app;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.Tool;
import java.util.concurrent.TimeUnit;

/** Every way to call a model with Google's Gen AI SDK. Argument: the URL of the server. */
public final class GenAiApp implements Scenes.App {
  private static final GenerateContentConfig WORDS = GenerateContentConfig.builder().build();
  private static final GenerateContentConfig THOUGHTS =
      GenerateContentConfig.builder()
          .thinkingConfig(ThinkingConfig.builder().includeThoughts(true))
          .build();
  private static final GenerateContentConfig TOOL =
      GenerateContentConfig.builder()
          .tools(
              Tool.builder()
                  .functionDeclarations(
                      FunctionDeclaration.builder().name("today").description("The date")))
          .build();

  private Client client;

  @Override
  public void prepare(Scenes scenes, String[] args) throws Exception {
    client =
        Client.builder()
            .apiKey("none")
            .httpOptions(HttpOptions.builder().baseUrl(args[0]).build())
            .build();
    GenerateContentConfig callable =
        GenerateContentConfig.builder()
            .tools(Tool.builder().functions(GenAiApp.class.getMethod("today")))
            .build();
    scenes.add("/whole", out -> whole(out.model("m-g"), WORDS, out));
    scenes.add("/stream", out -> stream(out.model("m-g"), WORDS, out));
    scenes.add("/async", out -> async(out.model("m-g"), out));
    scenes.add("/async-stream", out -> asyncStream(out.model("m-g"), out));
    scenes.add("/thinking", out -> whole("m-t", THOUGHTS, out));
    scenes.add("/thinking-stream", out -> stream("m-t", THOUGHTS, out));
    scenes.add("/tool", out -> client.models.generateContent("m-g", "Hello", TOOL));
    scenes.add("/tool-stream", out -> stream("m-g", TOOL, out));
    scenes.add("/called-tool", out -> whole("m-g", callable, out));
    scenes.add("/early", this::readOnePart);
    scenes.add("/failing", out -> failing());
    scenes.add("/embed", out -> client.models.embedContent("m-e", "Hello", null));
    scenes.add("/embed/async", out -> client.async.models.embedContent("m-e", "Hello", null).get());
  }

  /** A tool that the SDK calls by itself. */
  public static String today() {
    return "Monday";
  }

  private void whole(String model, GenerateContentConfig config, Scenes.Answer out) {
    text(client.models.generateContent(model, "Hello", config), out);
  }

  private void stream(String model, GenerateContentConfig config, Scenes.Answer out) {
    try (ResponseStream<GenerateContentResponse> stream =
        client.models.generateContentStream(model, "Hello", config)) {
      for (GenerateContentResponse part : stream) {
        text(part, out);
      }
    }
  }

  private void async(String model, Scenes.Answer out) throws Exception {
    client
        .async
        .models
        .generateContent(model, "Hello", WORDS)
        .thenAccept(answer -> text(answer, out))
        .get(30, TimeUnit.SECONDS);
  }

  private void asyncStream(String model, Scenes.Answer out) throws Exception {
    client
        .async
        .models
        .generateContentStream(model, "Hello", WORDS)
        .thenAccept(
            stream -> {
              for (GenerateContentResponse part : stream) {
                text(part, out);
              }
              stream.close();
            })
        .get(30, TimeUnit.SECONDS);
  }

  private void readOnePart(Scenes.Answer out) {
    try (ResponseStream<GenerateContentResponse> stream =
        client.models.generateContentStream("m-g", "Hello", WORDS)) {
      text(stream.iterator().next(), out);
    }
  }

  private void failing() throws Exception {
    try {
      client.models.generateContent("m-refused", "Hello", WORDS);
    } catch (RuntimeException e) {
      // As it should be; so are the others.
    }
    try {
      stream("m-refused", WORDS, null);
    } catch (RuntimeException e) {
      // Refused before the first part.
    }
    try {
      asyncStream("m-refused", null);
    } catch (java.util.concurrent.ExecutionException e) {
      // No stream came.
    }
  }

  private static void text(GenerateContentResponse answer, Scenes.Answer out) {
    answer.candidates().orElseThrow().get(0).content().orElseThrow().parts().orElseThrow().stream()
        .filter(part -> !part.thought().orElse(false))
        .flatMap(part -> part.text().stream())
        .forEach(out::write);
  }
}
