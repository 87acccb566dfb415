package dev.coldstart.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Sample;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Collectors behind TLS with a certificate of nobody's: {@code OTEL_EXPORTER_OTLP_CERTIFICATE}. */
@Timeout(60)
class OtlpTlsTest {
  private static final String PASSWORD = "changeit";

  @TempDir private Path dir;

  private Path certificate;
  private SSLContext tls;

  @BeforeEach
  void makeCertificate() throws Exception {
    Path store = dir.resolve("collector.p12");
    certificate = dir.resolve("collector.pem");
    keytool(
        "-genkeypair -keyalg EC -groupname secp256r1 -validity 2 -dname CN=collector"
            + " -ext SAN=ip:127.0.0.1 -storetype PKCS12",
        store);
    keytool("-exportcert -rfc -file " + certificate, store);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
  }

  @AfterEach
  void forgetProperties() {
    System.getProperties().keySet().removeIf(key -> key.toString().startsWith("otel."));
  }

  @Test
  void sendsOverHttps() throws Exception {
    HttpsServer server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.createContext(
        "/v1/traces",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
    try {
      String endpoint = "https://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
      assertThat(sends("http/protobuf", endpoint, true)).isTrue();
      assertThat(sends("http/protobuf", endpoint, false)).as("without certificate").isFalse();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void sendsOverGrpcWithTls() throws Exception {
    try (GrpcReceiver receiver =
        new GrpcReceiver(loopback(), tls.getSocketFactory(), GrpcReceiver.OK)) {
      String endpoint = "https://127.0.0.1:" + receiver.address().getPort();
      assertThat(sends("grpc", endpoint, true)).isTrue();
      assertThat(sends("grpc", endpoint, false)).as("without certificate").isFalse();
    }
  }

  private boolean sends(String protocol, String endpoint, boolean trusted) throws Exception {
    Map<String, String> values = new HashMap<>();
    values.put("otel.traces.exporter", "otlp");
    values.put("otel.exporter.otlp.traces.endpoint", endpoint);
    values.put("otel.exporter.otlp.protocol", protocol);
    if (trusted) {
      values.put("otel.exporter.otlp.certificate", certificate.toString());
    }
    RunReport cold = Sample.report("cold");
    Otlp otlp =
        new Otlp(
            OtlpSettings.of("auto", values),
            "travel-agent",
            "0.1.0",
            values,
            1,
            line -> {},
            count -> {});
    otlp.request(cold.requests().get(0), true);
    otlp.report(cold);
    return otlp.closeWithin(TimeUnit.SECONDS.toNanos(20));
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private void keytool(String arguments, Path store) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of("-alias", "collector", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", store.toString()));
    Path log = dir.resolve("keytool.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertThat(process.waitFor()).as(Files.readString(log)).isZero();
  }
}
