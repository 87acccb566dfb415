package dev.coldstart.demo.backends;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;

/** A server-sent event stream as OpenAI writes it; the headers leave with the first event. */
final class EventStream {
  private final HttpExchange exchange;
  private OutputStream body;

  EventStream(HttpExchange exchange) {
    this.exchange = exchange;
  }

  void send(Object json) throws IOException {
    write(StandInServer.JSON.writeValueAsString(json));
  }

  void done() throws IOException {
    write("[DONE]");
  }

  private void write(String data) throws IOException {
    if (body == null) {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      body = exchange.getResponseBody();
    }
    body.write(("data: " + data + "\n\n").getBytes(UTF_8));
    body.flush();
  }
}
