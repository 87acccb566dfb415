package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelDialectTest {
  /** Part of an answer, as a library's class would be. */
  public record Part(List<Block> blocks, Object usage) {}

  /** One block of it. */
  public record Block(boolean thought, Optional<String> text, List<String> tools) {}

  private final ModelDialect dialect =
      new ModelDialect("acme")
          .model()
          .model("name")
          .modelOfClient("toString")
          .content("blocks", "!thought", "text")
          .toolCall("blocks", "tools")
          .usage("usage")
          .counts(
              new UsagePaths()
                  .input("size")
                  .cached("nothing")
                  .cachedApart("keySet", "length")
                  .output("entrySet", "getValue"));

  private Trace request;
  private int token;

  @BeforeEach
  void inARequest() {
    request = Recorder.begin("GET", "/chat", null);
    token = Recorder.join(request);
  }

  @AfterEach
  void leave() {
    Recorder.detach(token);
    Recorder.end(request);
    Recorder.drain();
  }

  @Test
  void findsTheModelInRequestOrClient() {
    assertThat(dialect.model("client", new Object[] {"m-1"})).isEqualTo("m-1");
    assertThat(dialect.model("client", new Object[] {42})).isEqualTo("client");
    assertThat(dialect.model(null, new Object[0])).isNull();
  }

  @Test
  void findsTheModelInAnotherArgument() {
    ModelDialect second = new ModelDialect("acme").modelOfArgument(1, "toString");
    assertThat(second.model(null, new Object[] {"prompt", "m-1"})).isEqualTo("m-1");
    assertThat(second.model(null, new Object[] {"prompt"})).isNull();
  }

  @Test
  void thoughtsAndEmptyTextsAreNoContent() {
    ModelCall call = detached();
    dialect.read(call, part(new Block(false, Optional.of(""), List.of())));
    dialect.read(call, part(new Block(true, Optional.of("hm"), List.of())));
    dialect.read(call, part());
    dialect.read(call, null);
    assertThat(call.awaitsContent()).isTrue();

    dialect.read(
        call,
        part(
            new Block(true, Optional.of("hm"), List.of()),
            new Block(false, Optional.of("yes"), List.of())));
    assertThat(call.firstContentNanos()).isPositive();
    assertThat(call.firstToolCallNanos()).isZero();
  }

  @Test
  void aToolCallIsNoContent() {
    ModelCall call = detached();
    dialect.read(call, part(new Block(false, Optional.empty(), List.of("today"))));

    assertThat(call.firstToolCallNanos()).isPositive();
    assertThat(call.firstContentNanos()).isZero();
  }

  @Test
  void readsCountsAndLeavesOthersUnknown() {
    ModelCall call = detached();
    dialect.read(call, new Part(List.of(), Map.of("cached", 3L)));

    assertThat(call.usage()).isEqualTo(new Usage(7L, 6L, null, 3L, null));
  }

  private static Part part(Block... blocks) {
    return new Part(List.of(blocks), null);
  }

  private static ModelCall detached() {
    return ModelCall.detached("acme", true, System.nanoTime());
  }
}
