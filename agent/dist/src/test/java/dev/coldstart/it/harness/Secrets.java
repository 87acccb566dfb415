package dev.coldstart.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Plants words nobody may find in what the agent writes. */
public final class Secrets {
  private static final String SECRET = "s3cr3t";

  private static final String[] HEADERS = {
    "Authorization: Bearer s3cr3t-bearer",
    "Cookie: session=s3cr3t-cookie",
    "X-Api-Key: s3cr3t-key",
    "Referer: http://127.0.0.1/?s3cr3t-referer",
    "tracestate: vendor=s3cr3t-state",
    "baggage: user=s3cr3t-baggage"
  };

  /** To be appended to a path. */
  public static final String QUERY = ";jsessionid=s3cr3t-path?token=s3cr3t-query&q=%73s3cr3t";

  /** Header lines with secrets. */
  public static String[] headers() {
    return HEADERS.clone();
  }

  /** A fork whose command line and environment hold secrets too. */
  public static AgentRun plant(AgentRun run) {
    return run.jvm("-Dapp.password=s3cr3t-property")
        .args("--api-key=s3cr3t-argument")
        .env("APP_PASSWORD", "s3cr3t-environment");
  }

  /** Fails when one is in a file or in what the agent printed. */
  public static void check(Path reports, ForkedApp.Ended ended) {
    assertThat(ended.err()).doesNotContain(SECRET);
    try (Stream<Path> files = Files.walk(reports)) {
      List<Path> regular = files.filter(Files::isRegularFile).toList();
      assertThat(regular).isNotEmpty();
      for (Path file : regular) {
        assertThat(file.toString()).doesNotContain(SECRET);
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(SECRET);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Secrets() {}
}
