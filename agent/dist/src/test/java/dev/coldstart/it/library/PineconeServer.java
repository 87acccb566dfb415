package dev.coldstart.it.library;

import java.io.IOException;
import javax.net.ssl.SSLContext;

/**
 * Stands in for the control plane of Pinecone: the part of its REST API (OpenAPI description of
 * /indexes) that creates indexes and tells where they are. It knows one, and those it created.
 */
final class PineconeServer extends StandIn {
  private static final String INDEX =
      """
      {"name":"%s","metric":"cosine","dimension":2,"vector_type":"dense","host":"%s",\
      "deletion_protection":"disabled","status":{"ready":true,"state":"Ready"},\
      "spec":{"serverless":{"cloud":"aws","region":"us-east-1"%s}}}""";

  /** Only newer clients know it, and they want it. */
  private static final String READ_CAPACITY =
      """
      ,"read_capacity":{"mode":"OnDemand","status":{"state":"Ready"}}""";

  private static final String NONE =
      """
      {"status":404,"error":{"code":"NOT_FOUND","message":"no such index"}}""";

  private final String dataPlane;
  private final String readCapacity;

  /**
   * Starts it.
   *
   * @param key what each request must bring, "" for none
   * @param dataPort where the indexes are
   */
  PineconeServer(String key, int dataPort, boolean newer) throws IOException {
    this(key, dataPort, newer, null);
  }

  /** The same over TLS. */
  PineconeServer(String key, int dataPort, boolean newer, SSLContext tls) throws IOException {
    super(key, tls);
    dataPlane = "127.0.0.1:" + dataPort;
    readCapacity = newer ? READ_CAPACITY : "";
  }

  @Override
  Answer answer(String method, String path, String body) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    if (method.equals("POST")) {
      return Answer.connecting(201, index("not-there-yet"));
    }
    if (last.equals("indexes")) {
      return Answer.connecting(200, "{\"indexes\":[" + index("handbook") + "]}");
    }
    boolean known = last.startsWith("handbook") || last.startsWith("not");
    return Answer.connecting(known ? 200 : 404, known ? index(last) : NONE);
  }

  private String index(String name) {
    return INDEX.formatted(name, dataPlane, readCapacity);
  }
}
