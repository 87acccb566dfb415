package dev.coldstart.it.app;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server of MongoDB's protocol by others, which keeps documents in memory. What it lacks is ours:
 * searches for vectors and their indexes, and passwords. Argument: the password, "" for none.
 */
public final class MongoStoreServer implements StoreServer {
  private final List<Call> log = new CopyOnWriteArrayList<>();
  private final MongoServer server;
  private final byte[] password;

  public MongoStoreServer(String[] args) {
    password = args.length == 0 ? new byte[0] : args[0].getBytes(java.nio.charset.StandardCharsets.UTF_8);
    server = new MongoServer(new Backend());
    server.bind("127.0.0.1", 0);
  }

  @Override
  public int port() {
    return server.getLocalAddress().getPort();
  }

  @Override
  public List<Call> take() {
    List<Call> all = List.copyOf(log);
    log.clear();
    return all;
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private final class Backend extends MemoryBackend {
    @Override
    public Document handleMessage(MongoMessage message) {
      long received = System.nanoTime();
      Document command = message.getDocument();
      Document answer = ours(command);
      if (answer == null) {
        return super.handleMessage(message);
      }
      pause();
      String name = command.keySet().iterator().next();
      boolean query = name.equals("aggregate") && stage(command, "$vectorSearch") != null;
      log.add(new Call(name, query, received, System.nanoTime()));
      return answer;
    }

    private Document ours(Document command) {
      if (command.containsKey("saslStart")) {
        return authenticated((BinData) command.get("payload"));
      }
      if (command.containsKey("createSearchIndexes")) {
        Document created = new Document("id", "1").append("name", "vector_index");
        return ok().append("indexesCreated", List.of(created));
      }
      if (stage(command, "$vectorSearch") != null) {
        return cursor(
            command,
            new Document("_id", "1")
                .append("text", "Text")
                .append("content", "Text")
                .append("metadata", new Document())
                .append("embedding", List.of(0.6, 0.8))
                .append("score", 0.9));
      }
      if (stage(command, "$listSearchIndexes") != null) {
        return cursor(
            command,
            new Document("id", "1")
                .append("name", "vector_index")
                .append("status", "READY")
                .append("queryable", true));
      }
      return null;
    }

    /** The answer to the mechanism PLAIN: user and password with zeros between. */
    private Document authenticated(BinData payload) {
      byte[] sent = payload.getData();
      byte[] end = java.util.Arrays.copyOfRange(sent, sent.length - password.length, sent.length);
      if (!java.util.Arrays.equals(end, password)) {
        return new Document("ok", 0)
            .append("errmsg", "Authentication failed.")
            .append("code", 18)
            .append("codeName", "AuthenticationFailed");
      }
      return ok()
          .append("conversationId", 1)
          .append("done", true)
          .append("payload", new BinData(new byte[0]));
    }
  }

  private static Object stage(Document command, String name) {
    return command.get("pipeline") instanceof List<?> pipeline
            && !pipeline.isEmpty()
            && pipeline.get(0) instanceof Document first
        ? first.get(name)
        : null;
  }

  private static Document ok() {
    return new Document("ok", 1);
  }

  private static Document cursor(Document command, Document found) {
    String space = command.get("$db") + "." + command.get("aggregate");
    return ok()
        .append(
            "cursor",
            new Document("id", 0L).append("ns", space).append("firstBatch", List.of(found)));
  }

  private static void pause() {
    try {
      Thread.sleep(8);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
