package dev.coldstart.it.library;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.coldstart.it.app.StoreScenes;
import dev.coldstart.it.harness.Daemon;
import dev.coldstart.it.library.StoreCheck.Asked;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands in for Redis' query engine and its JSON documents, which the real Redis of these tests has
 * not: answers their commands, after the vendor's description, in version 2 of the protocol, and
 * passes everything else on to the real one: connecting and authentication are real. It searches
 * nothing: every document of an index is as near as can be.
 */
final class QueryEngineStandIn implements AutoCloseable {
  private static final long MILLIS = 4;
  private static final String DISTANCE = "vector_score";

  private final int redis;
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Asked> log = new CopyOnWriteArrayList<>();

  /** The prefix of the documents of each index. */
  private final Map<String, String> prefixes = new ConcurrentHashMap<>();

  private final Map<String, String> documents = new ConcurrentHashMap<>();

  /** In front of a real Redis. */
  QueryEngineStandIn(int redis) throws IOException {
    this.redis = redis;
    prefixes.put(StoreScenes.THERE, StoreScenes.THERE + ':');
    Daemon.start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** What it has answered itself since the last time this was asked. */
  List<Asked> take() {
    List<Asked> all = List.copyOf(log);
    log.clear();
    return all;
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      Daemon.start(() -> serve(client));
    }
  }

  private void serve(Socket accepted) throws IOException {
    try (Socket client = accepted;
        Socket real = new Socket(InetAddress.getLoopbackAddress(), redis)) {
      client.setTcpNoDelay(true);
      real.setTcpNoDelay(true);
      InputStream asked = new BufferedInputStream(client.getInputStream());
      InputStream answered = new BufferedInputStream(real.getInputStream());
      for (List<byte[]> words = Resp.command(asked); words != null; words = Resp.command(asked)) {
        byte[] own = own(words);
        if (own == null) {
          real.getOutputStream().write(Resp.command(words));
          own = Resp.answer(answered);
        }
        client.getOutputStream().write(own);
      }
    }
  }

  /** Null for what is the real one's. */
  private byte[] own(List<byte[]> command) {
    List<String> words = new ArrayList<>();
    command.forEach(word -> words.add(new String(word, StandardCharsets.UTF_8)));
    String name = words.get(0).toUpperCase(Locale.ROOT);
    if (!name.startsWith("FT.") && !name.equals("JSON.SET")) {
      return null;
    }
    long received = System.nanoTime();
    byte[] answer = answer(name, words);
    ModelServer.pause(MILLIS);
    long now = System.nanoTime();
    boolean query = name.equals("FT.SEARCH") || name.equals("JSON.SET");
    log.add(query ? Asked.query(name, received, now) : Asked.connecting(name, received, now));
    return answer;
  }

  private byte[] answer(String name, List<String> words) {
    return switch (name) {
      case "FT._LIST" -> Resp.array(prefixes.keySet().stream().map(Resp::bulk).toList());
      case "FT.CREATE" -> {
        int prefix = words.indexOf("PREFIX");
        prefixes.put(words.get(1), prefix < 0 ? "" : words.get(prefix + 2));
        yield Resp.ok();
      }
      case "JSON.SET" -> {
        documents.put(words.get(1), words.get(3));
        yield Resp.ok();
      }
      case "FT.SEARCH" -> found(prefixes.get(words.get(1)), returned(words));
      default -> throw new IllegalStateException(name + " has no stand-in");
    };
  }

  /** The names of the fields asked for, none for all. */
  private static List<String> returned(List<String> words) {
    int at = words.indexOf("RETURN");
    return at < 0 ? List.of() : words.subList(at + 2, at + 2 + Integer.parseInt(words.get(at + 1)));
  }

  private byte[] found(String prefix, List<String> wanted) {
    List<byte[]> all = new ArrayList<>();
    documents.forEach(
        (key, json) -> {
          if (key.startsWith(prefix)) {
            all.add(Resp.bulk(key));
            all.add(fields(json, wanted));
          }
        });
    all.add(0, Resp.number(all.size() / 2));
    return Resp.array(all);
  }

  private static byte[] fields(String json, List<String> wanted) {
    List<byte[]> fields = new ArrayList<>(List.of(Resp.bulk(DISTANCE), Resp.bulk("0")));
    if (wanted.isEmpty()) {
      fields.add(Resp.bulk("$"));
      fields.add(Resp.bulk(json));
    }
    JsonObject document = JsonParser.parseString(json).getAsJsonObject();
    for (String field : wanted) {
      if (document.has(field)) {
        fields.add(Resp.bulk(field));
        boolean text = document.get(field).isJsonPrimitive();
        String value = text ? document.get(field).getAsString() : document.get(field).toString();
        fields.add(Resp.bulk(value));
      }
    }
    return Resp.array(fields);
  }
}
