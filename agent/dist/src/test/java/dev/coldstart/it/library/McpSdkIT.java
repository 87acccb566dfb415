package dev.coldstart.it.library;

import static dev.coldstart.it.library.ToolServers.SLOW_NANOS;
import static dev.coldstart.it.library.ToolServers.TOOLS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.phase.SerialWork;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The client of the SDK, alone and below Spring AI, with real servers: starting a transport,
 * introducing and listing are told apart.
 */
class McpSdkIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"mcp", "mcp2"})
  void timesEveryStepWithEveryTransport(String set) throws Exception {
    try (ForkedApp server = Libs.startToolServer(folder);
        ForkedApp app = Libs.start(set, "McpSdkApp", folder, ToolServers.arguments(server))) {
      RunReport report =
          Calls.play(
              app,
              "/stdio",
              "/http",
              "/sse",
              "/pages",
              "/implicit",
              "/call",
              "/checked/list",
              "/checked/call",
              "/checked/call",
              "/async",
              "/async-serial",
              "/serial",
              "/parallel",
              "/serial",
              "/parallel",
              "/serial",
              "/parallel");
      assertThat(report.agent().libraries()).contains("mcp-sdk");
      assertThat(report.toString()).doesNotContain("/slow-1/mcp");
      steps(first(report, "/stdio"), "stdio-tools");
      steps(first(report, "/http"), "http-tools");
      steps(first(report, "/sse"), "sse-tools");
      assertThat(Calls.one(first(report, "/stdio"), "mcp json mapper").phase())
          .isEqualTo("tool_registry");
      pages(first(report, "/pages"));
      implicit(first(report, "/implicit"));
      Span call = Calls.one(first(report, "/call"), "mcp tools/call");
      assertThat(call.phase()).isEqualTo("tool_call");
      assertThat(call.notes()).containsEntry("tool", "today").containsEntry("server", "http-tools");
      checked(Calls.of(report, "/checked/call"));
      later(first(report, "/async"), 1);
      later(first(report, "/async-serial"), 3);
      inTurnAndSideBySide(Calls.of(report, "/serial"), Calls.of(report, "/parallel"));
    }
  }

  /** The check of an answer counts once, with what networknt does in it, as that tool's. */
  private static void checked(List<RequestReport> calls) {
    for (int i = 0; i < calls.size(); i++) {
      RequestReport request = calls.get(i);
      Span call = Calls.one(request, "mcp tools/call");
      Span check = Calls.one(request, "schema: check");
      Span validate = Calls.one(request, i == 0 ? "schema: first validate" : "schema: validate");
      inside(check, call);
      assertThat(validate.parent()).isEqualTo(check.id());
      for (Span span : List.of(check, validate)) {
        assertThat(span.phase()).isEqualTo("schema_validation");
        assertThat(span.notes()).containsEntry("tool", "orders");
      }
      assertThat(Calls.spans(request, "schema: load")).hasSize(i == 0 ? 1 : 0);
      assertThat(
              request.phases().stream()
                  .filter(phase -> phase.phase().equals("schema_validation"))
                  .findAny()
                  .get()
                  .totalNanos())
          .isEqualTo(check.endNanos() - check.startNanos());
    }
  }

  @Test
  void timesTheFirstVersion() throws Exception {
    try (ForkedApp server = Libs.startToolServer(folder);
        ForkedApp app =
            Libs.start("mcp-old", "OldMcpSdkApp", folder, ToolServers.arguments(server))) {
      RunReport report = Calls.play(app, "/stdio", "/sse", "/async");
      for (String path : List.of("/stdio", "/sse")) {
        RequestReport request = first(report, path);
        Span start = Calls.one(request, "mcp transport start");
        Span initialize = Calls.one(request, "mcp initialize");
        inside(Calls.one(request, "mcp handshake"), initialize);
        Span list = Calls.one(request, "mcp tools/list");
        inside(Calls.one(request, "mcp tools/list page"), list);
        assertThat(start.startNanos()).isLessThan(initialize.startNanos());
        assertThat(list.startNanos()).isGreaterThan(initialize.endNanos());
        assertThat(list.notes())
            .containsEntry("tools", TOOLS)
            .containsEntry("server", path.substring(1) + "-tools");
        assertThat(Calls.one(request, "mcp tools/call").phase()).isEqualTo("tool_call");
      }
      RequestReport later = first(report, "/async");
      Calls.one(later, "mcp transport start");
      Span handshake = Calls.one(later, "mcp handshake");
      Span page = Calls.one(later, "mcp tools/list page");
      assertThat(page.startNanos()).isGreaterThan(handshake.endNanos());
      assertThat(page.notes()).containsEntry("tools", TOOLS).containsEntry("server", "sse-tools");
    }
  }

  @Test
  void timesTheReferenceServers() throws Exception {
    reference("mcp-servers/everything", 13, ToolServers.reference("everything", "stdio"));
    reference("memory-server", 9, ToolServers.reference("memory"));
    reference(
        "secure-filesystem-server", 14, ToolServers.reference("filesystem", folder.toString()));
  }

  private void reference(String name, long tools, String... arguments) throws Exception {
    Path work = Files.createTempDirectory(folder, "reference");
    try (ForkedApp app = Libs.start("mcp2", "McpSdkApp", work, arguments)) {
      assertThat(app.http().get("/stdio").status()).as(app.err()).isEqualTo("HTTP/1.1 200 OK");
      RequestReport request = Libs.end(app, 1).requests().get(0);
      Span initialize = Calls.one(request, "mcp initialize");
      inside(Calls.one(request, "mcp transport start"), initialize);
      assertThat(initialize.notes()).containsEntry("server", name);
      Span list = Calls.one(request, "mcp tools/list");
      assertThat(list.notes()).containsEntry("tools", tools);
      // One says that its list has changed, so the client may ask for it once more.
      assertThat(Calls.spans(request, "mcp tools/list page")).hasSizeBetween(1, 2);
    }
  }

  @Test
  void timesTheToolsOfSpringAi() throws Exception {
    try (ForkedApp app =
        Libs.start("spring-ai", "SpringAiMcpApp", folder, Libs.stdioToolServer())) {
      RunReport report = Calls.play(app, "/first", "/again", "/call", "/check", "/async");
      RequestReport request = first(report, "/first");
      steps(request, "stdio-tools");
      RequestReport check = first(report, "/check");
      assertThat(Calls.one(check, "schema: make").phase()).isEqualTo("schema_validation");
      assertThat(Calls.spans(check, "schema: check")).hasSize(2);
      assertThat(Calls.spans(check, "schema: first validate")).hasSize(1);
      assertThat(Calls.spans(check, "schema: validate")).hasSize(1);
      Span tools = Calls.one(request, "mcp tools");
      inside(Calls.one(request, "mcp tools/list"), tools);
      assertThat(tools.notes()).containsEntry("tools", TOOLS);
      RequestReport again = first(report, "/again");
      assertThat(Calls.spans(again, "mcp tools/list")).as("cached").isEmpty();
      assertThat(Calls.spans(first(report, "/call"), "mcp tools/call")).hasSize((int) TOOLS);
      RequestReport later = first(report, "/async");
      Span laterTools = Calls.one(later, "mcp tools");
      assertThat(laterTools.notes()).containsEntry("tools", TOOLS);
      inside(Calls.one(later, "mcp tools/list page"), laterTools);
    }
  }

  /** Of a synchronous client that is told to initialize. */
  private static void steps(RequestReport request, String server) {
    Span initialize = Calls.one(request, "mcp initialize");
    Span create = Calls.one(request, "mcp transport create");
    Span start = Calls.one(request, "mcp transport start");
    Span handshake = Calls.one(request, "mcp handshake");
    Span list = Calls.one(request, "mcp tools/list");
    assertThat(create.endNanos()).isLessThan(initialize.startNanos());
    inside(start, initialize);
    inside(handshake, initialize);
    if (server.equals("stdio-tools")) {
      Span process = Calls.one(request, "process start");
      inside(process, start);
      assertThat(process.phase()).isEqualTo("tool_registry");
    }
    assertThat(handshake.startNanos()).isGreaterThan(start.startNanos());
    assertThat(list.startNanos()).isGreaterThan(initialize.endNanos());
    inside(Calls.one(request, "mcp tools/list page"), list);
    assertThat(List.of(create, initialize, start, handshake, list))
        .extracting(Span::phase)
        .containsOnly("tool_registry");
    for (Span named : List.of(initialize, handshake, list)) {
      assertThat(named.notes()).containsEntry("server", server);
    }
    assertThat(list.notes()).containsEntry("tools", TOOLS);
  }

  private static void pages(RequestReport request) {
    Span list = Calls.one(request, "mcp tools/list");
    assertThat(list.notes()).containsEntry("tools", TOOLS).containsEntry("server", "slow-1");
    List<Span> pages = Calls.spans(request, "mcp tools/list page");
    assertThat(pages).hasSize((int) TOOLS);
    for (Span page : pages) {
      inside(page, list);
      slow(page);
    }
    assertThat(list.endNanos() - list.startNanos()).isGreaterThanOrEqualTo(SLOW_NANOS);
  }

  /** A client that nobody told to initialize does so for the first list. */
  private static void implicit(RequestReport request) {
    Span list = Calls.one(request, "mcp tools/list");
    inside(Calls.one(request, "mcp transport start"), list);
    inside(Calls.one(request, "mcp handshake"), list);
    assertThat(Calls.spans(request, "mcp initialize")).isEmpty();
  }

  /** An asynchronous client: nothing frames its steps, which follow each other. */
  private static void later(RequestReport request, int servers) {
    List<Span> handshakes = Calls.spans(request, "mcp handshake");
    List<Span> pages = Calls.spans(request, "mcp tools/list page");
    assertThat(Calls.spans(request, "mcp transport start")).hasSize(servers);
    assertThat(handshakes).hasSize(servers);
    assertThat(pages).hasSize(servers * (int) TOOLS);
    for (int i = 0; i < servers; i++) {
      String server = "slow-" + (i + 1);
      assertThat(handshakes.get(i).notes()).containsEntry("server", server);
      for (Span page : pages.subList(i * (int) TOOLS, (i + 1) * (int) TOOLS)) {
        assertThat(page.startNanos()).isGreaterThan(handshakes.get(i).endNanos());
        assertThat(page.notes()).containsEntry("server", server).containsEntry("tools", 1L);
        slow(page);
      }
    }
    assertThat(request.serial()).hasSize(servers > 1 ? 1 : 0);
    assertThat(request.serial()).allMatch(work -> work.count() == servers);
  }

  /** What loading three servers side by side saves is what was foretold. */
  private static void inTurnAndSideBySide(
      List<RequestReport> inTurn, List<RequestReport> sideBySide) {
    for (RequestReport request : inTurn) {
      assertThat(request.serial()).hasSize(1);
      SerialWork work = request.serial().get(0);
      assertThat(work.phase()).isEqualTo("tool_registry");
      assertThat(work.count()).as("pieces, one for each server").isEqualTo(3);
      assertThat(work.savingNanos()).isBetween(2 * SLOW_NANOS, work.serialNanos() - SLOW_NANOS);
    }
    assertThat(sideBySide).allMatch(request -> request.serial().isEmpty());
    // A busy machine makes some of them late.
    RequestReport quickest = quickest(inTurn);
    long foretold = quickest.serial().get(0).savingNanos();
    assertThat(quickest.wallNanos() - quickest(sideBySide).wallNanos())
        .isBetween(foretold / 2, foretold * 3 / 2);
  }

  private static RequestReport quickest(List<RequestReport> requests) {
    return Collections.min(requests, Comparator.comparingLong(RequestReport::wallNanos));
  }

  private static void slow(Span page) {
    assertThat(page.endNanos() - page.startNanos()).isGreaterThanOrEqualTo(SLOW_NANOS / TOOLS);
  }

  private static void inside(Span child, Span parent) {
    assertThat(child.startNanos()).isGreaterThanOrEqualTo(parent.startNanos());
    assertThat(child.endNanos()).isLessThanOrEqualTo(parent.endNanos());
  }

  private static RequestReport first(RunReport report, String path) {
    return Calls.of(report, path).get(0);
  }
}
