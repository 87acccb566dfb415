package dev.coldstart.it.app;

import io.pinecone.clients.AsyncIndex;
import io.pinecone.clients.Index;
import io.pinecone.clients.Pinecone;
import java.time.Duration;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** Pinecone's client, waiting and with futures. Arguments: see {@link Unusable}. */
public final class PineconeApp implements Scenes.App {
  private static final List<Float> VECTOR = List.of(0.6f, 0.8f);

  @Override
  public void prepare(Scenes scenes, String[] args) {
    StoreScenes.add(
        scenes,
        "/client",
        (index, create) -> {
          Pinecone client = client(args[0], index, create);
          Index connected = client.getIndexConnection(index);
          if (create) {
            connected.upsert("1", VECTOR);
          }
          return () -> connected.queryByVector(1, VECTOR);
        });
    StoreScenes.add(
        scenes,
        "/async",
        (index, create) -> {
          Pinecone client = client(args[0], index, create);
          AsyncIndex connected = client.getAsyncIndexConnection(index);
          if (create) {
            connected.upsert("1", VECTOR).get();
          }
          return () -> connected.queryByVector(1, VECTOR).get();
        });
    Unusable.add(
        scenes,
        args,
        port ->
            new Pinecone.Builder("secret-word")
                .withOkHttpClient(impatient(Integer.parseInt(port)))
                .build()
                // A process has one connection for each name of an index.
                .getIndexConnection("handbook-" + port)
                .queryByVector(1, VECTOR));
  }

  private static Pinecone client(String port, String index, boolean create) {
    Pinecone client =
        new Pinecone.Builder("secret-word").withHost(url(port)).build();
    if (create) {
      PineconeIndex.create(client, index);
    }
    return client;
  }

  /** Of the control plane: a port, or "tls:" and one. */
  private static String url(String port) {
    return port.startsWith("tls:")
        ? "https://127.0.0.1:" + port.substring(4)
        : "http://127.0.0.1:" + port;
  }

  /** With an HTTP client of the application's Pinecone's takes no other host. */
  private static OkHttpClient impatient(int port) {
    return new OkHttpClient.Builder()
        // Of the call: a read has two that race, with different messages.
        .callTimeout(Duration.ofSeconds(2))
        .addInterceptor(
            call -> {
              Request asked = call.request();
              HttpUrl here =
                  asked.url().newBuilder().scheme("http").host("127.0.0.1").port(port).build();
              return call.proceed(asked.newBuilder().url(here).build());
            })
        .build();
  }
}
