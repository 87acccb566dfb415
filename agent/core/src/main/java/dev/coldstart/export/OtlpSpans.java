package dev.coldstart.export;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.List;

/** Keeps ended spans until somebody takes them. Not thread-safe. */
final class OtlpSpans implements SpanProcessor {
  private List<SpanData> ended = new ArrayList<>();

  /** The spans that ended since the last call. */
  List<SpanData> take() {
    List<SpanData> taken = ended;
    ended = new ArrayList<>();
    return taken;
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    ended.add(span.toSpanData());
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }
}
