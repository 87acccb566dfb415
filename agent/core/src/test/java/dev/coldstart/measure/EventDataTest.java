package dev.coldstart.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class EventDataTest {
  @Test
  void commentsAndEmptyEventsAreNoContent() {
    EventData data = new EventData(null);

    assertThat(in(data, ": keep-alive\n\nevent: start\ndata:\ndata:  \n\n")).isFalse();
    assertThat(in(data, "data: Hel")).isFalse();
    assertThat(in(data, "lo\n")).isTrue();
  }

  @Test
  void onlyWhatMatchesIsContentWhenToldSo() {
    EventData data = new EventData(Pattern.compile("\"content\":\"[^\"]"));

    assertThat(in(data, "data: {\"role\":\"assistant\",\"content\":\"\"}\r\n\r\n")).isFalse();
    assertThat(in(data, "data: {\"content\":\"Hi\"}\r\n")).isTrue();
  }

  private static boolean in(EventData data, String piece) {
    return data.in(piece.getBytes(StandardCharsets.UTF_8));
  }
}
