package dev.coldstart.weave.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.coldstart.weave.Probe;
import java.util.List;
import org.junit.jupiter.api.Test;

class VectorStoreTest {
  private final VectorStore store = new VectorStore("acme");

  @Test
  void connectingHasThePhaseOfConnects() {
    Probe step = store.step("create index", "a.Client", "create");
    assertThat(step.phase()).isEqualTo("vector_store_connect");
    assertThat(step.span()).isEqualTo("acme create index");
    assertThat(step.types()).containsExactly("a.Client");
    assertThat(store.connect("a.Client", "<init>").span()).isEqualTo("acme connect");
  }

  @Test
  void storesOfBothFrameworksConnectSearchAndAdd() {
    for (List<Probe> probes : List.of(store.langChain4j("a.Store"), store.springAi("a.Store"))) {
      assertThat(probes)
          .extracting(Probe::phase, Probe::span)
          .containsExactly(
              tuple("vector_store_connect", "acme connect"),
              tuple("vector_store_query", "acme search"),
              tuple("vector_store_query", "acme add"));
    }
  }
}
