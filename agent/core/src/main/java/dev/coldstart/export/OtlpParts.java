package dev.coldstart.export;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Where the SDK finds its parts: by service files, but for the sender over HTTP. Thread-safe. */
final class OtlpParts implements ComponentLoader {
  private final ComponentLoader byServiceFile;
  private volatile long pauseUntilNanos = System.nanoTime();

  OtlpParts(ClassLoader loader) {
    byServiceFile = ComponentLoader.forClassLoader(loader);
  }

  @Override
  public <T> Iterable<T> load(Class<T> type) {
    return type == HttpSenderProvider.class
        ? List.of(type.cast(new Sender()))
        : byServiceFile.load(type);
  }

  /** Until when a collector asked to be left alone, {@link System#nanoTime()}. */
  long pauseUntilNanos() {
    return pauseUntilNanos;
  }

  private void pause(long seconds) {
    pauseUntilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
  }

  private final class Sender implements HttpSenderProvider {
    @Override
    public OtlpHttpSender createSender(HttpSenderConfig config) {
      return new OtlpHttpSender(config, OtlpParts.this::pause);
    }
  }
}
