package dev.coldstart.it.app;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Record;
import org.neo4j.driver.async.AsyncSession;
import org.neo4j.driver.async.ResultCursor;

/** Statements whose records come later. */
final class Neo4jAsync {
  private Neo4jAsync() {}

  static List<Record> run(Driver driver, String statement, Map<String, Object> parameters)
      throws Exception {
    AsyncSession session = driver.session(AsyncSession.class);
    CompletionStage<List<Record>> records =
        session.runAsync(statement, parameters).thenCompose(ResultCursor::listAsync);
    List<Record> found = records.toCompletableFuture().get();
    session.closeAsync().toCompletableFuture().get();
    return found;
  }
}
