package dev.coldstart.it.app;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A service whose names are all made to harm who reads them, and whose content is secret. */
public final class HostileApp {
  private static final String URL =
      "http://user:s3cr3t-password@127.0.0.1:1/s3cr3t-path?key=s3cr3t-key";

  /** What tools, models, schemas, threads and shown values are called, one after the other. */
  public static final List<String> NAMES =
      List.of(
          "\u001b]0;owned\u0007\u001b[2J\u001b[31mred",
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "]]></testcase><!-- -- >",
          "\n::error::owned\n",
          "\n| a | b |\n# head `code` [x](javascript:alert(1))",
          "name\",phase=\"x\"} 1\n# HELP owned",
          "a,b;c=d\\\tTag=x",
          "\u202egpj.exe\u200b\u2028\u0000\u0085",
          "{{7*7}}${jndi:ldap://x}%n%s",
          "A".repeat(1_000_000));

  private static final ChatModel MODEL =
      new ChatModel() {
        @Override
        public ChatResponse doChat(ChatRequest request) {
          if (URL.equals(request.modelName())) {
            throw new AssertionError("s3cr3t-message of " + URL);
          }
          return ChatResponse.builder()
              .aiMessage(AiMessage.from("s3cr3t-answer"))
              .modelName(request.modelName())
              .build();
        }
      };

  public static void main(String[] args) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    AtomicInteger next = new AtomicInteger();
    server.createContext("/", exchange -> answer(exchange, next.getAndIncrement()));
    server.start();
    Work.awaitAgent();
    Work.say("port=" + server.getAddress().getPort());
  }

  private static void answer(HttpExchange exchange, int number) throws IOException {
    String name = NAMES.get(number % NAMES.size());
    Thread thread =
        new Thread(() -> work(name), name.substring(0, Math.min(10_000, name.length())));
    thread.setUncaughtExceptionHandler((t, thrown) -> Work.say("failed=" + thrown));
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    exchange.sendResponseHeaders(200, 2);
    exchange.getResponseBody().write(new byte[] {'o', 'k'});
    exchange.close();
  }

  private static void work(String name) {
    shown(name);
    for (String made : List.of(name, URL)) {
      call(made);
      ask(made);
    }
    validate(name);
    fetch();
    Work.say("worked=" + Math.min(name.length(), 99));
  }

  /** Whose argument a probe shows. */
  private static int shown(String value) {
    return value.length();
  }

  /** A tool as the model named it. */
  private static void call(String tool) {
    try {
      Class<?> type = Class.forName("dev.langchain4j.service.tool.DefaultToolExecutor");
      type.getMethod("execute", Object.class, Object.class)
          .invoke(
              type.getConstructor().newInstance(),
              ToolExecutionRequest.builder().name(tool).arguments("{\"s3cr3t\":1}").build(),
              "s3cr3t-memory");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void ask(String model) {
    try {
      MODEL.chat(
          ChatRequest.builder()
              .messages(UserMessage.from("s3cr3t-prompt"))
              .modelName(model)
              .build());
    } catch (AssertionError e) {
      // The one with a secret message.
    }
  }

  private static void validate(String id) {
    StringBuilder text = new StringBuilder("{\"title\":\"s3cr3t\",\"$id\":\"urn:");
    id.chars().forEach(c -> text.append(String.format("\\u%04x", c)));
    try {
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(text.append("\"}").toString())
          .validate("{\"s3cr3t\":1}", InputFormat.JSON);
    } catch (RuntimeException e) {
      // Most of them are no identifiers.
    }
  }

  /** Nobody listens there. */
  private static void fetch() {
    try {
      HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(URI.create(URL)).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      // Refused, as it must be.
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HostileApp() {}
}
