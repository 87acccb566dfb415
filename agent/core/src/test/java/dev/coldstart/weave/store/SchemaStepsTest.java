package dev.coldstart.weave.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.weave.Probe;
import org.junit.jupiter.api.Test;

class SchemaStepsTest {
  private final SchemaSteps.Creating table = new SchemaSteps.Creating("create table");

  @Test
  void picksStatementsByTheirFirstWords() {
    assertThat(wants("CREATE TABLE IF NOT EXISTS t (id int)")).isTrue();
    assertThat(wants("\n  create table t (id int)")).isTrue();
    assertThat(wants("CREATE INDEX i ON t (id)")).isFalse();
    assertThat(wants("SELECT 'create table'")).isFalse();
    assertThat(wants("CREATE TAB")).isFalse();
    assertThat(wants("")).isFalse();
    assertThat(wants(null)).isFalse();
  }

  @Test
  void namesWhatIsCreated() {
    assertThat(SchemaSteps.in("a.Statement", "execute"))
        .extracting(Probe::span)
        .contains("create table", "create index", "create extension");
  }

  private boolean wants(String sql) {
    return table.wants(null, new Object[] {sql});
  }
}
