package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboundTest {
  private final Object key = new Object();

  @AfterEach
  void nothingIsLeftInFlight() {
    for (Trace trace : Recorder.inFlight()) {
      Recorder.end(trace);
    }
    while (Recorder.drain() != null) {}
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b, /a/b",
    "/a?token=x, /a",
    "/a;jsessionid=x/b;y?z, /a/b",
    "http://host:1/a/b?c, /a/b",
    "http://host, /",
    "/a/http://host, /a/http://host",
    "*, *"
  })
  void keepsNoMoreThanThePath(String target, String path) {
    assertThat(Inbound.bare(target)).isEqualTo(path);
  }

  @Test
  void anUnknownPathStaysUnknown() {
    assertThat(Inbound.bare(null)).isNull();
  }

  @Test
  void oneThatAnotherServerHasBegunOnThisThreadIsTheSame() {
    Trace outer = Inbound.begin("netty-http", new Object(), "GET", "/", null);
    int token = Recorder.join(outer);
    Trace inner = Inbound.begin("vertx", key, "GET", "/", null);
    Inbound.end("vertx", key);
    Recorder.detach(token);

    assertThat(inner).isSameAs(outer);
    assertThat(outer.isClosed()).as("whoever began it ends it").isFalse();
  }

  @Test
  void oneOfTheSameServerIsAnotherOne() {
    Trace outer = Inbound.begin("netty-http", new Object(), "GET", "/1", null);
    int token = Recorder.join(outer);
    Trace next = Inbound.begin("netty-http", key, "GET", "/2", null);
    Inbound.end("netty-http", key);
    Recorder.detach(token);

    assertThat(next).isNotSameAs(outer);
    assertThat(next.isClosed()).isTrue();
    assertThat(outer.isClosed()).isFalse();
  }

  @Test
  void endsWithTheObjectItBeganWith() throws Exception {
    Object lost = new Object();
    WeakReference<Object> reference = new WeakReference<>(lost);
    Trace trace = Inbound.begin("tomcat", lost, "GET", "/", null);
    Inbound.bind(key, trace);
    lost = null;
    for (int i = 0; i < 500 && !trace.isClosed(); i++) {
      System.gc();
      Thread.sleep(10);
      Inbound.bind(new Object(), trace);
    }

    assertThat(reference.get()).isNull();
    assertThat(trace.isClosed()).isTrue();
    assertThat(trace.failed).isTrue();
  }

  @Test
  void outlivesTheOtherObjects() throws Exception {
    Trace trace = Inbound.begin("tomcat", key, "GET", "/", null);
    Object response = new Object();
    WeakReference<Object> reference = new WeakReference<>(response);
    Inbound.bind(response, trace);
    response = null;
    for (int i = 0; i < 500 && reference.get() != null; i++) {
      System.gc();
      Thread.sleep(10);
    }
    Thread.sleep(50);
    Inbound.bind(new Object(), trace);

    assertThat(Inbound.of(key)).isSameAs(trace);
    assertThat(trace.isClosed()).isFalse();
  }
}
