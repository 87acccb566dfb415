package dev.coldstart.it.app;

import org.opensearch.client.opensearch._types.query_dsl.KnnQuery;

/** A query as clients of version 2 write it. */
final class NearestVector {
  private NearestVector() {}

  static KnnQuery query() {
    return KnnQuery.of(k -> k.field("vector").vector(new float[] {0.6f, 0.8f}).k(1));
  }
}
