package dev.coldstart.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.Sample;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The exporter as it runs in the agent: in a class loader the application does not see. */
class IsolatedOtlpTest {
  private static final String EXPORTER = "io.opentelemetry.exporter.otlp.internal.HttpExporter";

  @Test
  void findsItsPartsAndLeavesTheContextClassLoaderAlone() throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (OtlpReceiver receiver = new OtlpReceiver(200);
        URLClassLoader loader = isolated()) {
      assertThat(run(loader, receiver)).isEmpty();

      assertThat(receiver.spans()).hasSize(11);
      assertThat(receiver.metrics()).isNotEmpty();
    }
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  @Test
  void silencesItsOwnCopyOfTheSdkAndNotTheApplications() throws Exception {
    try (LogCapture log = new LogCapture();
        OtlpReceiver receiver = new OtlpReceiver(503);
        URLClassLoader loader = isolated()) {
      assertThat(run(loader, receiver)).hasSize(1);
      assertThat(log.shown()).isEmpty();

      Thread theirs = new Thread(() -> Logger.getLogger(EXPORTER).severe("theirs"));
      theirs.setContextClassLoader(null);
      theirs.start();
      theirs.join();
      assertThat(log.shown()).containsExactly(EXPORTER + ": theirs");
    }
  }

  @SuppressWarnings("unchecked")
  private static List<String> run(ClassLoader loader, OtlpReceiver receiver) throws Exception {
    Class<?> type = loader.loadClass(IsolatedRun.class.getName());
    assertThat(type).isNotSameAs(IsolatedRun.class);
    return (List<String>)
        type.getMethod("run", String.class, String.class)
            .invoke(null, receiver.endpoint(), Sample.json("cold"));
  }

  private static URLClassLoader isolated() throws IOException {
    URL[] path =
        Pattern.compile(Pattern.quote(File.pathSeparator))
            .splitAsStream(System.getProperty("java.class.path"))
            .map(IsolatedOtlpTest::url)
            .toArray(URL[]::new);
    return new URLClassLoader(path, ClassLoader.getPlatformClassLoader());
  }

  private static URL url(String entry) {
    try {
      return new File(entry).toURI().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(entry, e);
    }
  }
}
