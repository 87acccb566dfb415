package dev.coldstart.it.library;

import dev.coldstart.it.app.StoreServer;
import dev.coldstart.it.harness.Backend;
import dev.coldstart.it.harness.TestCertificates;
import dev.coldstart.it.harness.TlsFront;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Known delays of each step in which clients of vector stores connect, plain and with TLS. Where a
 * protocol has no step for who one is, the first answer is what comes late. Those of Elasticsearch
 * and OpenSearch are in {@link ApacheHttpAsyncIT} and {@link OpenSearchIT}.
 */
class StoreDelaysIT {
  private static final String FIRST = "/first";

  @TempDir private Path folder;

  @Test
  void pgVector() throws Exception {
    String[] login = PgVectorIT.prepared("pgvector2", PgVectorIT.LANGCHAIN4J);
    Backend backend = Backend.of("postgres");
    String options = "?sslrootcert=" + Backend.authority() + "&sslmode=";
    try (StoreDelays delays = new StoreDelays("pgvector2", "PgVectorLangChain4jApp")) {
      delays
          .plain(FIRST, backend.port(), at -> jdbc(login, at, options + "disable"), "auth")
          .names(folder)
          .tls(
              FIRST,
              backend.port(),
              at -> jdbc(login, at, options + "verify-full"),
              // Whether it speaks TLS.
              "postgresql connect",
              "tls",
              "auth")
          .verify(folder);
    }
  }

  @Test
  void mariaDb() throws Exception {
    String[] login = MariaDbIT.prepared("mariadb2");
    Backend backend = Backend.of("mariadb");
    String options = "?serverSslCert=" + Backend.authority() + "&sslMode=";
    // The server begins to speak.
    String greeting = "mariadb driver connect";
    try (StoreDelays delays = new StoreDelays("mariadb2", "MariaDbLangChain4jApp")) {
      delays
          .plain(
              FIRST, backend.port(), at -> jdbc(login, at, options + "disable"), greeting, "auth")
          .names(folder)
          .tls(
              FIRST,
              backend.port(),
              at -> jdbc(login, at, options + "verify-full"),
              greeting,
              "tls",
              "auth")
          .verify(folder);
    }
  }

  /** URL, user and password, at another port. */
  private static String jdbc(String[] login, int port, String options) {
    return login[0].replaceFirst(":\\d+/", ":" + port + "/")
        + options
        + ' '
        + login[1]
        + ' '
        + login[2];
  }

  @Test
  void chroma() throws Exception {
    ChromaIT.realWithOneCollection();
    int port = Backend.of("chroma").port();
    String asked = "chroma tenant";
    try (TlsFront front = front(port);
        StoreDelays delays = new StoreDelays("langchain4j", "LangChain4jChromaApp")) {
      delays
          .plain(FIRST, port, at -> "http://127.0.0.1:" + at, asked)
          .names(folder)
          .tls(FIRST, front.port(), at -> "https://127.0.0.1:" + at, "tls", asked)
          .verify(folder, TestCertificates.trusting());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"weaviate", "weaviate2"})
  void weaviate(String set) throws Exception {
    // A connection for each request.
    String asked = "weaviate version|weaviate class|weaviate query";
    try (WeaviateServer server = new WeaviateServer();
        TlsFront front = front(server.port());
        StoreDelays delays = new StoreDelays(set, "WeaviateApp")) {
      delays
          .plain("/client/first", server.port(), at -> "" + at, asked)
          .tls("/client/first", front.port(), at -> "tls:" + at, "tls", asked)
          .verify(folder, TestCertificates.trusting());
    }
  }

  @Test
  void jedis() throws Exception {
    Backend redis = Backend.of("redis");
    String password = ' ' + redis.get("password");
    try (TlsFront front = front(redis.port());
        StoreDelays delays = new StoreDelays("jedis2", "JedisApp")) {
      delays
          .plain(FIRST, redis.port(), at -> at + password, "auth")
          .tls(FIRST, front.port(), at -> "tls:" + at + password, "tls", "auth")
          .verify(folder, TestCertificates.trusting());
    }
  }

  @Test
  void lettuce() throws Exception {
    Backend redis = Backend.of("redis");
    String password = ' ' + redis.get("password");
    try (StoreDelays delays = new StoreDelays("lettuce2", "LettuceApp")) {
      delays.plain("/sync/first", redis.port(), at -> at + password, "auth").verify(folder);
    }
  }

  /** Its control plane: a process connects to an index once. */
  @Test
  void pinecone() throws Exception {
    try (StoreServer data = PineconeIT.dataPlane("");
        PineconeServer control = new PineconeServer("", data.port(), true);
        TlsFront front = front(control.port());
        StoreDelays delays = new StoreDelays("pinecone2", "PineconeApp")) {
      delays
          .plain("/client/first", control.port(), at -> "" + at, "pinecone index")
          .tls("/client/first", front.port(), at -> "tls:" + at, "tls", "pinecone index")
          .verify(folder, TestCertificates.trusting());
    }
  }

  /** The answer before auth; which turn that is in differs between its five connections. */
  @Test
  void cassandra() throws Exception {
    try (StoreServer server = StoreServers.start("simulacron", "CassandraServer", "secret-word");
        StoreDelays delays = new StoreDelays("cassandra3", "CassandraLangChain4jApp")) {
      delays.plain(FIRST, server.port(), at -> "" + at, "cassandra connection").verify(folder);
    }
  }

  /** Its monitors connect as well, and say hello. */
  @Test
  void mongoDb() throws Exception {
    String hello = "mongodb hello";
    try (StoreServer server =
            StoreServers.start("mongo-java-server", "MongoStoreServer", "secret-word");
        TlsFront front = front(server.port());
        StoreDelays delays = new StoreDelays("mongodb2", "MongoApp")) {
      delays
          .plain(FIRST, server.port(), at -> "" + at, hello, "auth")
          .tls(FIRST, front.port(), at -> "tls:" + at, "tls", hello, "auth")
          .verify(folder, TestCertificates.trusting());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "qdrant2, QdrantApp, QdrantServer, qdrant collection",
    "milvus, MilvusV1App, MilvusServer, milvus handshake",
    "milvus2, MilvusV2App, MilvusServer, milvus handshake"
  })
  void grpc(String set, String app, String type, String asked) throws Exception {
    String keys = TestCertificates.server(TestCertificates.VALID).toString();
    try (StoreServer server = StoreServers.start("grpc-stores", type);
        StoreServer secure =
            StoreServers.start("grpc-stores", type, "", keys, TestCertificates.PASSWORD);
        StoreDelays delays = new StoreDelays(set, app)) {
      delays
          .plain(FIRST, server.port(), at -> "" + at, "http2", asked)
          .tls(FIRST, secure.port(), at -> "tls:" + at, "tls", "http2", asked)
          .verify(folder, TestCertificates.trusting());
    }
  }

  private static TlsFront front(int port) throws Exception {
    return new TlsFront(port, TestCertificates.VALID, TlsFront.Asked.NO);
  }
}
