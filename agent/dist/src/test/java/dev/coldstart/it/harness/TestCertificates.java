package dev.coldstart.it.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate authority of the tests and what it signed, made by the JDK's keytool once per
 * build. All stores are PKCS12 and have the same password.
 */
public final class TestCertificates {
  /** Of each store and key. */
  public static final String PASSWORD = "changeit";

  /** For 127.0.0.1, localhost, and what clients insist on that are led here by a proxy. */
  public static final String VALID = "valid";

  /** The same, until yesterday. */
  public static final String EXPIRED = "expired";

  /** For a host that nobody has. */
  public static final String WRONG_HOST = "wrong-host";

  private static final String HERE = "SAN=ip:127.0.0.1,dns:localhost,dns:api.pinecone.io";
  private static final int SECONDS = 60;

  private static Path folder;

  private TestCertificates() {}

  /** The store with the key of a server. */
  public static synchronized Path server(String name) {
    return folder().resolve(name + ".p12");
  }

  /** A server's key, unencrypted, and its certificates: for servers that read such files. */
  public static byte[] pem(String name) throws IOException, GeneralSecurityException {
    KeyStore keys = keys(name);
    StringBuilder pem = new StringBuilder();
    add(pem, "PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded());
    for (Certificate certificate : keys.getCertificateChain(name)) {
      add(pem, "CERTIFICATE", certificate.getEncoded());
    }
    return pem.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void add(StringBuilder pem, String what, byte[] der) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    pem.append("-----BEGIN ").append(what).append("-----\n").append(lines);
    pem.append("\n-----END ").append(what).append("-----\n");
  }

  /** The store with the authority's certificate, for clients that shall trust it. */
  public static synchronized Path trusted() {
    return folder().resolve("trusted.p12");
  }

  /** The authority's certificate as PEM. */
  public static synchronized Path trustedPem() {
    return folder().resolve("ca.pem");
  }

  /** JVM options of a client that trusts the authority. */
  public static String[] trusting() {
    return new String[] {
      "-Djavax.net.ssl.trustStore=" + trusted(),
      "-Djavax.net.ssl.trustStorePassword=" + PASSWORD,
      "-Djavax.net.ssl.trustStoreType=PKCS12"
    };
  }

  /** TLS of a server in the tests' own JVM. */
  public static SSLContext context(String name) throws IOException, GeneralSecurityException {
    KeyStore keys = keys(name);
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    return tls;
  }

  private static KeyStore keys(String name) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(server(name))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private static synchronized Path folder() {
    if (folder == null) {
      try {
        folder =
            make(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "certificates"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return folder;
  }

  private static Path make(Path dir) throws IOException {
    keytool(dir, "ca", "-genkeypair -keyalg EC -validity 3650 -dname CN=test-ca -ext bc:c");
    keytool(dir, "ca", "-exportcert -rfc -file " + dir.resolve("ca.pem"));
    keytool(dir, "trusted", "-importcert -noprompt -file " + dir.resolve("ca.pem"));
    sign(dir, VALID, "-validity 3650", HERE);
    sign(dir, EXPIRED, "-startdate -3d -validity 2", HERE);
    sign(dir, WRONG_HOST, "-validity 3650", "SAN=dns:elsewhere.test");
    return dir;
  }

  private static void sign(Path dir, String name, String validity, String hosts)
      throws IOException {
    Path request = dir.resolve(name + ".csr");
    Path signed = dir.resolve(name + ".crt");
    keytool(dir, name, "-genkeypair -keyalg EC -validity 3650 -dname CN=" + name);
    keytool(dir, name, "-certreq -file " + request);
    keytool(
        dir,
        "ca",
        "-gencert -rfc -ext %s %s -infile %s -outfile %s"
            .formatted(hosts, validity, request, signed));
    String authority = Files.readString(dir.resolve("ca.pem"));
    Files.writeString(signed, Files.readString(signed) + authority);
    keytool(dir, name, "-importcert -noprompt -trustcacerts -file " + signed);
  }

  private static void keytool(Path dir, String store, String arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(Jdks.any().tool("keytool")));
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of("-alias", store, "-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", dir.resolve(store + ".p12").toString()));
    Path log = dir.resolve("keytool.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(command + ": " + Files.readString(log));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
