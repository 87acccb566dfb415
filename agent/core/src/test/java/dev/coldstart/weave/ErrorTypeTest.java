package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class ErrorTypeTest {
  @Test
  void isAClassOrAStatusAndNeverAMessage() {
    assertThat(ErrorType.of(new IOException("secret"))).isEqualTo("java.io.IOException");
    assertThat(ErrorType.of(503)).isEqualTo("503");
    assertThat(ErrorType.of(null)).isNull();
    assertThat(ErrorType.of("secret")).isNull();
  }

  @Test
  void looksIntoWhatFuturesWrap() {
    IOException cause = new IOException();
    assertThat(ErrorType.of(new CompletionException(cause))).isEqualTo("java.io.IOException");
    assertThat(ErrorType.of(new ExecutionException(cause))).isEqualTo("java.io.IOException");
    assertThat(ErrorType.of(new CompletionException((Throwable) null)))
        .isEqualTo("java.util.concurrent.CompletionException");
  }
}
