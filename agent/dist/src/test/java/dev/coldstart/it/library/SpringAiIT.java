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
      Span embedding = Calls.one(request, "embedding");
      assertThat(embedding.parent()).isEqualTo(search.id());
      assertThat(Calls.one(request, "embedding call").parent()).isEqualTo(embedding.id());
    }
  }

  private void play(String set) throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app = Libs.start(set, "SpringAiApp", folder, model.root(), "openai")) {
      RunReport report =
          Calls.play(
              app,
              "/build",
              "/function",
              "/resolve",
              "/embed",
              "/dimensions",
              "/output",
              "/checked",
              "/openai/tool-stream");
      assertThat(report.agent().libraries()).contains("spring-ai");
      generators(report.startup().spans());
      build(Calls.of(report, "/build").get(0));
      function(Calls.of(report, "/function").get(0));
      toolCalls(Calls.of(report, "/openai/tool-stream").get(0), "today");
      RequestReport embed = Calls.of(report, "/embed").get(0);
      // In 2.0 the provider's SDK has one more below it.
      assertThat(Calls.spans(embed, "embedding call").get(0).parent())
          .isEqualTo(Calls.one(embed, "embedding").id());
      dimensions(Calls.of(report, "/dimensions").get(0));
      output(Calls.of(report, "/output").get(0));
      if (!set.equals("spring-ai1")) {
        checked(Calls.of(report, "/checked").get(0));
      }
      resolved(Calls.of(report, "/resolve").get(0));
    }
  }

  private static void build(RequestReport request) {
    assertThat(Calls.one(request, "chat client").phase()).isEqualTo("agent_build");
    counts(Calls.spans(request, "tools: schemas"), Map.of("tools", 1L));
    counts(Calls.spans(request, "tool: schema"), Map.of("tool", "today"));
    schemas(request);
    counts(Calls.spans(request, "tools of this request"), Map.of("tools", 1L));
    toolCalls(request, "today");
  }

  private static void schemas(RequestReport request) {
    assertThat(Calls.spans(request, "schema: describe"))
        .isNotEmpty()
        .allMatch(span -> span.phase().equals("schema_validation"))
        .allMatch(span -> "today".equals(span.notes().get("tool")));
  }

  /** The application has a tool before it serves, with which the generators come. */
  private static void generators(List<Span> startup) {
    List<Span> makes = startup.stream().filter(s -> s.name().equals("schema: make")).toList();
    assertThat(makes).hasSizeGreaterThan(1);
    Span first = makes.get(0);
    assertThat(first.phase()).isEqualTo("schema_validation");
    assertThat(first.notes()).containsEntry("tool", "today");
    SchemaPlay.loadsClasses(first);
    assertThat(makes.subList(1, makes.size()))
        .anyMatch(inner -> inner.parent() != null && inner.parent() == first.id());
  }

  /** An unknown model is asked with a text: a call that nobody sees in the code. */
  private static void dimensions(RequestReport request) {
    Span asked = Calls.one(request, "embedding dimensions");
    assertThat(asked.phase()).isEqualTo("embedding");
    Span call = Calls.spans(request, "embedding call").get(0);
    assertThat(call.startNanos()).isGreaterThan(asked.startNanos());
    assertThat(call.endNanos()).isLessThan(asked.endNanos());
    assertThat(request.spans()).allMatch(span -> span.phase().equals("embedding"));
  }

  /** The schema of an output is of no tool, and counts once with what generates it. */
  private static void output(RequestReport request) {
    // In 2.0 the converter asks the generator of tools for it.
    Span describe = Calls.spans(request, "schema: describe").get(0);
    assertThat(describe.parent()).isNull();
    assertThat(describe.notes()).doesNotContainKey("tool");
    Span generate = Calls.one(request, "schema: generate");
    assertThat(generate.startNanos()).isGreaterThan(describe.startNanos());
    assertThat(generate.endNanos()).isLessThan(describe.endNanos());
    assertThat(request.phases().get(0).phase()).isEqualTo("schema_validation");
    assertThat(request.phases().get(0).totalNanos())
        .isEqualTo(describe.endNanos() - describe.startNanos());
  }

  /** Each answer is checked when the model is done with it, in no phase of the model. */
  private static void checked(RequestReport request) {
    List<Span> checks =
        Calls.spans(request, "schema: check").stream().filter(s -> s.parent() == null).toList();
    assertThat(request.llm()).hasSizeBetween(1, 3);
    assertThat(checks).hasSameSizeAs(request.llm());
    for (int i = 0; i < checks.size(); i++) {
      Span check = checks.get(i);
      assertThat(check.phase()).isEqualTo("schema_validation");
      assertThat(check.startNanos())
          .isGreaterThan(request.llm().get(i).startNanos() + request.llm().get(i).durationNanos());
    }
  }

  /** One tool of a method, one of a function, which is the one the model calls. */
  private static void function(RequestReport request) {
    assertThat(Calls.spans(request, "tool: schema"))
        .extracting(span -> span.notes().get("tool"))
        .contains("weather", "today");
    // The schema of the function's argument is one of that function, however deep it lies.
    assertThat(Calls.spans(request, "schema: describe"))
        .extracting(span -> span.notes().get("tool"))
        .contains("weather");
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
