package dev.coldstart.it.app;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Clients of a server on this machine. */
final class MongoClientFor {
  private MongoClientFor() {}

  /** A client, with TLS at "tls:port", that gives up after some seconds, while its monitor still waits for an answer. */
  static MongoClient port(String at, int seconds) {
    boolean tls = at.startsWith("tls:");
    int port = Integer.parseInt(at.substring(at.indexOf(':') + 1));
    return MongoClients.create(
        MongoClientSettings.builder()
            .credential(MongoCredential.createPlainCredential("user", "$external", "secret-word".toCharArray()))
            .applyToClusterSettings(
                cluster ->
                    cluster
                        .hosts(List.of(new ServerAddress("127.0.0.1", port)))
                        .serverSelectionTimeout(seconds, TimeUnit.SECONDS))
            .applyToSslSettings(ssl -> ssl.enabled(tls))
            .applyToSocketSettings(
                socket ->
                    socket
                        .connectTimeout(3 * seconds, TimeUnit.SECONDS)
                        .readTimeout(3 * seconds, TimeUnit.SECONDS))
            .build());
  }
}
