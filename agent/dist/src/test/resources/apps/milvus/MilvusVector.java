package dev.coldstart.it.app;

import io.milvus.v2.service.vector.request.data.BaseVector;
import io.milvus.v2.service.vector.request.data.FloatVec;
import java.util.List;

/** What the newer client searches for. */
final class MilvusVector {
  private MilvusVector() {}

  static List<BaseVector> of(Float... values) {
    return List.of(new FloatVec(List.of(values)));
  }
}
