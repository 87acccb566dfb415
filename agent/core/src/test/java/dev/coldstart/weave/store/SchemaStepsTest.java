package dev.coldstart.weave.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.weave.Probe;
import org.junit.jupiter.api.Test;

class SchemaStepsTest {
  @Test
  void namesWhatIsCreated() {
    assertThat(SchemaSteps.in("a.Statement", "execute"))
        .extracting(Probe::span)
        .contains("create table", "create index", "create extension");
  }
}
