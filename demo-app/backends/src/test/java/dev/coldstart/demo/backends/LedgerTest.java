package dev.coldstart.demo.backends;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  @TempDir private Path directory;

  @Test
  void writesWhatTheDelayReallyWas() throws IOException {
    try (Ledger ledger = new Ledger(directory.resolve("ledger.jsonl"))) {
      long before = System.nanoTime();
      ledger.inject(DelayKind.TOOL_REGISTRY, 20, Map.of("server", "orders"));
      long after = System.nanoTime();

      JsonNode line = StandInServer.JSON.readTree(ledger.text());
      assertThat(line.path("kind").asText()).isEqualTo("tool_registry");
      assertThat(line.path("detail").path("server").asText()).isEqualTo("orders");
      long start = line.path("start_ns").asLong();
      long end = line.path("end_ns").asLong();
      assertThat(start).isBetween(before, after);
      assertThat(end).isBetween(start + 20_000_000, after);
    }
  }

  @Test
  void twoWritersShareOneFileAndClearingStartsItAnew() throws IOException {
    Path file = directory.resolve("ledger.jsonl");
    try (Ledger one = new Ledger(file);
        Ledger other = new Ledger(file)) {
      one.inject(DelayKind.LLM_TTFT, 0, Map.of());
      other.inject(DelayKind.TOOL_REGISTRY, 0, Map.of());
      assertThat(one.text().lines()).hasSize(2);

      one.clear();
      other.inject(DelayKind.PROMPT_CACHE, 0, Map.of());
      assertThat(one.text()).startsWith("{\"kind\":\"prompt_cache\"").hasLineCount(1);
    }
  }
}
