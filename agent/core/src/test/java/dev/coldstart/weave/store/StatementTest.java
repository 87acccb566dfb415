package dev.coldstart.weave.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.weave.At;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementTest {
  @Test
  void picksStatementsByTheirFirstWords() {
    Statement table = Statement.beginning("create table", At.argument(0));
    assertThat(wants(table, "CREATE TABLE IF NOT EXISTS t (id int)")).isTrue();
    assertThat(wants(table, "\n  create table t (id int)")).isTrue();
    assertThat(wants(table, "CREATE INDEX i ON t (id)")).isFalse();
    assertThat(wants(table, "SELECT 'create table'")).isFalse();
    assertThat(wants(table, "CREATE TAB")).isFalse();
    assertThat(wants(table, "")).isFalse();
    assertThat(wants(table, null)).isFalse();
    assertThat(wants(table, 5)).isFalse();
  }

  @Test
  void orByWordsAnywhere() {
    Statement nearest = Statement.holding(List.of("nearest(", " ann of "), At.argument(0));
    assertThat(wants(nearest, "SELECT id FROM t ORDER BY v ANN OF [1]")).isTrue();
    assertThat(wants(nearest, "SELECT id FROM t WHERE v = 'ANNOF'")).isFalse();
    assertThat(wants(nearest, "CALL Nearest([1])")).isTrue();
    assertThat(wants(nearest, " ANN OF")).isFalse();
    assertThat(wants(nearest, "")).isFalse();
  }

  @Test
  void readsTheFirstTextThereIs() {
    Statement either = Statement.beginning("select", At.argument(0, "trim"), At.argument(0, "get"));
    assertThat(wants(either, "select 1")).isTrue();
    assertThat(wants(either, new java.util.concurrent.atomic.AtomicReference<>("select 1")))
        .isTrue();
  }

  private static boolean wants(Statement statement, Object text) {
    return statement.wants(null, new Object[] {text});
  }
}
