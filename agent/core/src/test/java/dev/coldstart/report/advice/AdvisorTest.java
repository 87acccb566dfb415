package dev.coldstart.report.advice;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.coldstart.report.ReportJson;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.RunReport.Advice;
import dev.coldstart.report.Sample;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class AdvisorTest {
  private static final long MS = 1_000_000;

  @Test
  void isMostValuableFirstAndAtMostSeven() {
    List<Advice> advice =
        Advisor.advise(
            edited(
                r -> {
                  explained(r, "throttled_ns", 4_000 * MS);
                  serial(r, 5_000 * MS);
                  startup(r).addProperty("ready_ns", 9_000 * MS);
                }));

    assertThat(advice).hasSize(7).doesNotContainNull();
    assertThat(advice).isSortedAccordingTo((a, b) -> b.savingNanos().compareTo(a.savingNanos()));
    assertThat(advice.get(0).title()).startsWith("Send a warm-up request");
  }

  @ParameterizedTest
  @FieldSource("dev.coldstart.report.Sample#NAMES")
  void neverSavesMoreThanTheRequestTook(String sample) {
    RunReport report = Sample.report(sample);
    long longest = report.requests().stream().mapToLong(RequestReport::wallNanos).max().orElse(0);

    assertThat(Advisor.advise(report))
        .allSatisfy(
            a -> {
              assertThat(a.savingNanos() == null || a.savingNanos() <= longest).isTrue();
              assertThat(a.evidence()).matches(".*\\d.*").doesNotContain("\n");
            });
  }

  @Test
  void saysNothingWithoutARequest() {
    assertThat(Advisor.advise(Sample.report("no-request"))).isEmpty();
    assertThat(Advisor.advise(Sample.report("nothing-woven")))
        .noneMatch(a -> a.title().contains("start-up"));
  }

  /** Each phase is advised about for what it took beyond the warm median, and no more. */
  @ParameterizedTest
  @CsvSource({
    "tool_registry, tool registry at start-up",
    "agent_build, Build agents",
    "embedding, embedding model",
    "schema_validation, Compile JSON schemas",
    "vector_store_connect, vector store at start-up",
    "db_connect, first database connections",
    "llm_connect, model's endpoint"
  })
  void aboutPhases(String phase, String title) {
    RunReport taken = edited(r -> onlyPhase(r, phase, 300 * MS, 40 * MS));

    Advice advice = find(taken, title);

    assertThat(advice.savingNanos()).isEqualTo(260 * MS);
    assertThat(advice.evidence())
        .startsWith(phase + " took 300 ms of the first request (30.0 %)")
        .endsWith("warm median 40.0 ms");
    assertNone(edited(r -> onlyPhase(r, phase, 300 * MS, 295 * MS)), title);
    assertNone(edited(r -> onlyPhase(r, phase, 5 * MS, 0)), title);
    assertNone(edited(r -> first(r).addProperty("kind", "warm")), title);
  }

  @Test
  void readyBeforeWarm() {
    String title = "Send a warm-up request";
    RunReport report = edited(r -> onlyPhase(r, "tool_registry", 300 * MS, 0));

    assertThat(find(report, title).savingNanos()).isEqualTo(991 * MS);
    assertThat(find(report, title).evidence()).startsWith("Ready was reported after 12.8 s; then");
    assertThat(
            find(edited(r -> r.getAsJsonArray("requests").add(ofKind(r, "waited", 2))), title)
                .evidence())
        .endsWith(", and 1 request waited for it");
    assertNone(edited(r -> startup(r).add("ready_ns", null)), title);
    assertNone(edited(r -> startup(r).add("ready_ns", startup(r).get("wall_ns"))), title);
  }

  @Test
  void schemasThatAreOnlyMadeAreNotValidated() {
    String title = "Generate the schemas of tools";
    RunReport taken = edited(r -> onlyPhase(r, "schema_validation", 300 * MS, 40 * MS));
    assertNone(taken, title);
    RunReport made =
        edited(
            r -> {
              onlyPhase(r, "schema_validation", 300 * MS, 40 * MS);
              for (JsonElement span : first(r).getAsJsonArray("spans")) {
                if (span.getAsJsonObject().get("phase").getAsString().equals("schema_validation")) {
                  span.getAsJsonObject().addProperty("name", "schema: generate");
                }
              }
            });
    assertThat(find(made, title).savingNanos()).isEqualTo(260 * MS);
    assertNone(made, "Compile JSON schemas");
  }

  @Test
  void remoteSchemas() {
    String title = "Keep JSON schemas";
    Consumer<JsonObject> fetched =
        r -> {
          JsonObject span = first(r).getAsJsonArray("spans").get(0).getAsJsonObject();
          span.addProperty("name", "schema: fetch");
          span.addProperty("exclusive_ns", 2_000 * MS);
        };

    assertThat(find(edited(fetched), title).savingNanos()).isEqualTo(2_000 * MS);
    assertThat(find(edited(fetched), title).evidence()).startsWith("1 schema document came over");
    assertNone(edited(r -> {}), title);
  }

  @ParameterizedTest
  @CsvSource({
    "connection, Keep connections open",
    "tool list, Keep tool lists",
    "prompt cache, Keep the prompt cache",
    "dns, Keep DNS answers",
    "embedding model, Keep warm over quiet times: embedding model"
  })
  void expired(String what, String title) {
    RunReport report =
        edited(
            r -> {
              JsonObject request = ofKind(r, "recold", 9);
              request.add(
                  "expired",
                  JsonParser.parseString(
                      "[{what: '"
                          + what
                          + "', phase: 'db_connect', name: 'pool', exclusive_ns: 320000000,"
                          + " idle_ns: 360000000000}]"));
              request.addProperty("wall_ns", 900 * MS);
              quietFirst(r);
              r.getAsJsonArray("requests").add(request);
            });

    assertThat(find(report, title).savingNanos()).isEqualTo(320 * MS);
    assertThat(find(report, title).evidence())
        .isEqualTo("pool ran again after 360 s of quiet and took 320 ms");
    assertNone(edited(r -> r.getAsJsonArray("requests").add(ofKind(r, "recold", 9))), title);
  }

  @Test
  void handshakesOfWarmRequests() {
    String title = "Reuse connections";
    Consumer<JsonObject> shaking =
        r -> {
          JsonObject warm = r.getAsJsonArray("requests").get(1).getAsJsonObject();
          warm.add("spans", first(r).getAsJsonArray("spans").deepCopy());
          JsonObject span = warm.getAsJsonArray("spans").get(0).getAsJsonObject();
          span.addProperty("name", "tls");
          span.addProperty("exclusive_ns", 38 * MS);
          quietFirst(r);
        };

    assertThat(find(edited(shaking), title).savingNanos()).isEqualTo(38 * MS);
    assertThat(find(edited(shaking), title).evidence())
        .endsWith("1 of 1 warm requests, median 38.0 ms");
    assertNone(edited(AdvisorTest::quietFirst), title);
  }

  @Test
  void connectionsOfWarmRequests() {
    String title = "Reuse connections";
    Consumer<JsonObject> connecting =
        r -> {
          JsonObject warm = r.getAsJsonArray("requests").get(1).getAsJsonObject();
          warm.add("spans", first(r).getAsJsonArray("spans").deepCopy());
          JsonObject span = warm.getAsJsonArray("spans").get(0).getAsJsonObject();
          span.getAsJsonObject("notes").addProperty("connection", "new");
          quietFirst(r);
        };

    Advice advice = find(edited(connecting), title);

    assertThat(advice.savingNanos()).as("how long it took is not known").isNull();
    assertThat(advice.evidence())
        .isEqualTo("Connections were opened again in 1 of 1 warm requests");
  }

  @Test
  void serialWork() {
    String title = "Load in parallel";
    RunReport report = edited(r -> serial(r, 5_000 * MS));

    assertThat(find(report, title).savingNanos()).isEqualTo(5_000 * MS);
    assertThat(find(report, title).title()).endsWith("in tool_registry");
    assertThat(find(edited(r -> serial(r, Long.MAX_VALUE)), title).savingNanos())
        .isEqualTo(30_012 * MS);
    assertNone(edited(r -> serial(r, MS)), title);
  }

  @Test
  void promptCache() {
    String title = "Prime the prompt cache";

    assertThat(find(Sample.report("warm"), title).savingNanos()).isEqualTo(15_021 * MS);
    assertThat(find(Sample.report("warm"), title).evidence())
        .startsWith("Estimated: ")
        .endsWith("6120 prompt tokens were not cached");
    assertNone(Sample.report("cold"), title);
  }

  @Test
  void throttled() {
    String title = "Raise the CPU limit";
    RunReport report = edited(r -> explained(r, "throttled_ns", 4_000 * MS));

    assertThat(find(report, title).savingNanos()).isEqualTo(4_000 * MS);
    assertThat(find(report, title).evidence()).contains("4.00 s", "limit 1.5 CPUs");
    assertNone(edited(r -> explained(r, "throttled_ns", 5 * MS)), title);
    assertNone(edited(r -> {}), title);
  }

  @Test
  void classArchive() {
    String title = "Archive the application's classes";
    Consumer<JsonObject> loading = r -> explained(r, "class_load_ns", 900 * MS);
    Consumer<JsonObject> quiet = loading.andThen(AdvisorTest::quietFirst);

    assertThat(find(edited(quiet), title).savingNanos()).isEqualTo(900 * MS);
    assertThat(find(edited(quiet), title).evidence())
        .startsWith("CDS: default archive, AOT cache: off; the first request defined 4212 classes");
    assertThat(find(edited(quiet.andThen(r -> jvm(r, "version", "25.0.3"))), "Train an AOT cache"))
        .isNotNull();
    assertNone(edited(quiet.andThen(r -> jvm(r, "cds", "application archive"))), title);
    assertNone(edited(quiet.andThen(r -> jvm(r, "cds", "unknown"))), title);
    assertNone(edited(quiet.andThen(r -> jvm(r, "aot", "on"))), title);
    assertNone(edited(AdvisorTest::quietFirst), title);
  }

  /** Leaves room for other advice than about the phases of the first request. */
  private static void quietFirst(JsonObject report) {
    JsonObject request = first(report);
    request.add("phases", new JsonArray());
    request.add("llm", new JsonArray());
    startup(report).add("ready_ns", null);
    if (request.get("explained").isJsonNull()) {
      request.addProperty("classes_defined", 12);
    }
  }

  private static void onlyPhase(JsonObject report, String phase, long nanos, long warmNanos) {
    JsonObject request = first(report);
    JsonObject time = request.getAsJsonArray("phases").get(0).getAsJsonObject();
    time.addProperty("phase", phase);
    time.addProperty("exclusive_ns", nanos);
    JsonArray phases = new JsonArray();
    phases.add(time);
    request.add("phases", phases);
    request.addProperty("wall_ns", 1_000 * MS);
    request.addProperty("unattributed_ns", 700 * MS);
    JsonArray warm = report.getAsJsonObject("warm").getAsJsonArray("phases");
    JsonObject median = warm.get(0).getAsJsonObject().deepCopy();
    for (int i = warm.size() - 1; i >= 0; i--) {
      if (warm.get(i).getAsJsonObject().get("phase").getAsString().equals(phase)) {
        warm.remove(i);
      }
    }
    median.addProperty("phase", phase);
    median.addProperty("p50_ns", warmNanos);
    warm.add(median);
  }

  private static void serial(JsonObject report, long savingNanos) {
    String text =
        "[{phase: 'tool_registry', count: 3, serial_ns: 9000000000, saving_ns: "
            + savingNanos
            + "}]";
    first(report).add("serial", JsonParser.parseString(text));
    startup(report).add("ready_ns", null);
  }

  private static void explained(JsonObject report, String what, long nanos) {
    JsonObject explained = JsonParser.parseString("{reasons: []}").getAsJsonObject();
    explained.addProperty(what, nanos);
    first(report).add("explained", explained);
  }

  private static void jvm(JsonObject report, String what, String value) {
    report.getAsJsonObject("jvm").addProperty(what, value);
  }

  private static JsonObject startup(JsonObject report) {
    return report.getAsJsonObject("startup");
  }

  private static JsonObject first(JsonObject report) {
    return report.getAsJsonArray("requests").get(0).getAsJsonObject();
  }

  private static JsonObject ofKind(JsonObject report, String kind, int id) {
    JsonObject request = first(report).deepCopy();
    request.addProperty("kind", kind);
    request.addProperty("id", id);
    return request;
  }

  private static RunReport edited(Consumer<JsonObject> change) {
    JsonElement tree = JsonParser.parseString(Sample.json("warm"));
    change.accept(tree.getAsJsonObject());
    return ReportJson.read(tree.toString());
  }

  private static Advice find(RunReport report, String title) {
    return Advisor.advise(report).stream()
        .filter(a -> a.title().contains(title))
        .findFirst()
        .orElseThrow(() -> new AssertionError(title + " not in " + Advisor.advise(report)));
  }

  private static void assertNone(RunReport report, String title) {
    assertThat(Advisor.advise(report)).noneMatch(a -> a.title().contains(title));
  }
}
