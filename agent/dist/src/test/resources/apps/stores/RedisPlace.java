package dev.coldstart.it.app;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * Where a Redis is, by a text "port password", and for TLS after that the path of the certificate
 * of whom to trust, as PEM. Before that may be "keep", for one client that is kept, or "database",
 * which is not to be searched.
 *
 * @param authority null without TLS
 */
record RedisPlace(boolean keep, boolean database, int port, String password, Path authority) {
  static RedisPlace of(String text) {
    String[] words = text.split(" ");
    boolean keep = words[0].equals("keep");
    boolean database = words[0].equals("database");
    int first = keep || database ? 1 : 0;
    return new RedisPlace(
        keep,
        database,
        Integer.parseInt(words[first]),
        words[first + 1],
        words.length > first + 2 ? Path.of(words[first + 2]) : null);
  }

  TrustManagerFactory trusted() throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(authority)) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(store);
    return trusted;
  }
}
