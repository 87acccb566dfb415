package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools, chat clients and embeddings of Spring AI, whatever the model. */
class SpringAiIT {
  @TempDir private Path folder;

  @Test
  void version10() throws Exception {
    play("spring-ai1");
  }

  @Test
  void version11() throws Exception {
    play("spring-ai");
  }

  @Test
  void version20() throws Exception {
    play("spring-ai2");
  }

  @Test
  void timesSearchesOfAnyStore() throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app = Libs.start("spring-ai", "SpringAiStoreApp", folder, model.root())) {
      RequestReport request = Calls.play(app, "/search").requests().get(0);
      Span search = Calls.one(request, "vector search");
      assertThat(search.phase()).isEqualTo("vector_store_query");
      assertThat(Calls.one(request, "embedding call").parent()).isEqualTo(search.id());
    }
  }

  private void play(String set) throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app = Libs.start(set, "SpringAiApp", folder, model.root(), "openai")) {
      RunReport report =
          Calls.play(app, "/build", "/function", "/resolve", "/embed", "/openai/tool-stream");
      assertThat(report.agent().libraries()).contains("spring-ai");
      build(Calls.of(report, "/build").get(0));
      function(Calls.of(report, "/function").get(0));
      toolCalls(Calls.of(report, "/openai/tool-stream").get(0), "today");
      RequestReport embed = Calls.of(report, "/embed").get(0);
      assertThat(Calls.spans(embed, "embedding call")).isNotEmpty();
      resolved(Calls.of(report, "/resolve").get(0));
    }
  }

  private static void build(RequestReport request) {
    assertThat(Calls.one(request, "chat client").phase()).isEqualTo("agent_build");
    counts(Calls.spans(request, "tools: schemas"), Map.of("tools", 1L));
    counts(Calls.spans(request, "tools of this request"), Map.of("tools", 1L));
    toolCalls(request, "today");
  }

  /** One tool of a method, one of a function, which is the one the model calls. */
  private static void function(RequestReport request) {
    counts(Calls.spans(request, "tool: schema"), Map.of("tool", "weather"));
    counts(Calls.spans(request, "tools of this request"), Map.of("tools", 2L));
    toolCalls(request, "weather");
  }

  private static void toolCalls(RequestReport request, String tool) {
    assertThat(request.llm()).hasSize(2);
    Span all = Calls.one(request, "tool calls");
    assertThat(all.phase()).isEqualTo("tool_call");
    assertThat(all.notes()).containsEntry("calls", 1L);
    Span one = Calls.one(request, "tool call");
    assertThat(one.notes()).containsEntry("tool", tool);
    assertThat(one.parent()).isEqualTo(all.id());
  }

  /** Resolvers that ask each other count once. */
  private static void resolved(RequestReport request) {
    List<Span> spans = Calls.spans(request, "tool by name");
    assertThat(spans).allMatch(span -> span.phase().equals("tool_registry"));
    assertThat(spans)
        .extracting(span -> span.notes().get("tool"))
        .containsExactly("today", "weather", "nothing");
  }

  private static void counts(List<Span> spans, Map<String, Object> notes) {
    assertThat(spans).isNotEmpty();
    for (Span span : spans) {
      assertThat(span.phase()).isEqualTo("tool_registry");
      assertThat(span.notes()).containsAllEntriesOf(notes);
    }
  }
}
