package dev.coldstart.it.app;

import java.util.List;
import org.opensearch.client.opensearch._types.query_dsl.KnnQuery;

/** A query as clients of version 3 write it. */
final class NearestVector {
  private NearestVector() {}

  static KnnQuery query() {
    return KnnQuery.of(k -> k.field("vector").vector(List.of(0.6f, 0.8f)).k(1));
  }
}
