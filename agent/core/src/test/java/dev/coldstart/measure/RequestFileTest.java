package dev.coldstart.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestFileTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("TOKEN", "s3cret$1");

  @TempDir private Path dir;

  @Test
  void readsTheFirstAndTheWarmRequest() throws IOException {
    RequestFile file =
        read(
            """
            first:
              url: http://127.0.0.1:{port}/chat
              headers: {Content-Type: application/json, Authorization: "Bearer ${TOKEN}"}
              body: '{"q": 1}'
              status: 201
              content: token
            warm: {url: "http://127.0.0.1:{port}/again"}
            times: 3
            """);

    assertThat(file.first().method()).isEqualTo("POST");
    assertThat(file.first().at(Map.of("port", "81")).uri()).hasPort(81).hasPath("/chat");
    assertThat(file.first().headers()).containsEntry("Authorization", "Bearer s3cret$1");
    assertThat(file.first().status()).isEqualTo(201);
    assertThat(file.first().content().pattern()).isEqualTo("token");
    assertThat(file.warm().method()).isEqualTo("GET");
    assertThat(file.warm().status()).isNull();
    assertThat(file.times()).isEqualTo(3);
  }

  @Test
  void readsJsonAndOneRequestForAll() throws IOException {
    RequestFile file = read("{\"url\": \"http://localhost/a\", \"method\": \"PUT\"}");

    assertThat(file.first()).isEqualTo(file.warm());
    assertThat(file.first().method()).isEqualTo("PUT");
    assertThat(file.times()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "just text",
        "[1, 2]",
        "warm: {url: http://a/}",
        "first: http://a/",
        "first: {method: GET}",
        "{url: http://a/, bodies: x}",
        "{first: {url: http://a/}, then: 1}",
        "{url: http://a/, body: {q: 1}}",
        "{url: http://a/, status: ok}",
        "{url: http://a/, status: 1.5}",
        "{url: http://a/, content: '('}",
        "{url: 'http://a/${MISSING}'}",
        "{url: http://a/, url: http://b/}",
        "a: &a [*a, *a]",
        "{",
      })
  void saysWhatIsWrong(String content) {
    assertThatExceptionOfType(BadInput.class)
        .isThrownBy(() -> read(content))
        .satisfies(e -> assertThat(e.getMessage()).contains("ask.yaml").doesNotContain("\n"));
  }

  private RequestFile read(String content) throws IOException {
    return RequestFile.read(Files.writeString(dir.resolve("ask.yaml"), content), ENVIRONMENT);
  }
}
