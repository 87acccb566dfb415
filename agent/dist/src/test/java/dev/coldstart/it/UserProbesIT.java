package dev.coldstart.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.UserApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Sums;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Methods that only options name are timed, and are requests. */
class UserProbesIT {
  private static final String AGENT = "dev.coldstart.it.app.UserApp$Agent";
  private static final String TOOLS = "dev.coldstart.it.app.UserApp$Tools";

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void timesAndFollowsWhatTheOptionsName(Jdk jdk) throws IOException {
    ForkedApp.Ended ended = run(jdk);

    assertThat(ended.exit()).isZero();
    assertThat(ended.out())
        .contains("broke=expected", "survived=no tools", "waited=euus", "skilled=docs3");
    assertThat(ended.err().lines())
        .containsExactly("coldstart: " + folder.resolve("probes") + ":4: " + noPhase());
    RunReport report = ForkedApp.report(folder.resolve("reports"));
    assertThat(report.agent().libraries()).contains("user");
    assertThat(report.agent().warnings())
        .singleElement()
        .asString()
        .startsWith(TOOLS + " has no method unload with a body, asked for by probes=");
    // A future tells its caller before it tells the agent.
    List<RequestReport> requests = new ArrayList<>(report.requests());
    requests.sort(Comparator.comparingLong(RequestReport::startMonotonicNanos));
    assertThat(requests)
        .extracting(RequestReport::route)
        .containsExactly(
            AGENT + "#handle",
            AGENT + "#handle",
            AGENT + "#later",
            AGENT + "#breaks",
            AGENT + "#idle",
            AGENT + "#outer",
            AGENT + "#survives",
            AGENT + "#leaves",
            AGENT + "#waits",
            AGENT + "#skilled",
            AGENT + "#handle");
    assertThat(report.requests()).extracting(RequestReport::method).containsOnly("call");
    assertThat(report.requests())
        .filteredOn(RequestReport::failed)
        .extracting(RequestReport::route)
        .containsExactly(AGENT + "#breaks");
    Sums.check(report);
    handled(requests.get(0));
    handled(requests.get(1));
    handled(requests.get(5));
    late(requests.get(2));
    assertThat(requests.get(3).spans()).isEmpty();
    assertThat(requests.get(4).spans()).isEmpty();
    survived(requests.get(6));
    left(requests.get(7));
    waited(requests.get(8));
    skilled(requests.get(9));
    assertThat(report.agent().adviceFailures()).isZero();
    handled(requests.get(10));
    // Work that goes on after its request keeps no request in flight.
    assertThat(requests.get(10).idleNanos()).isNotNull();
  }

  private ForkedApp.Ended run(Jdk jdk) throws IOException {
    Path probes = folder.resolve("probes");
    Files.write(
        probes,
        List.of(
            "# what nobody else knows",
            TOOLS + "#<init>  tool_registry   new tools",
            TOOLS + "#load    catalogue",
            TOOLS + "#save",
            TOOLS + "#linger  background",
            TOOLS + "#unload  catalogue",
            AGENT + "#overload  agent_build",
            AGENT + "#fetch   fetch  fetch from {0}",
            "+dev.coldstart.it.app.UserApp$Skill#use skill {this.name} {this.key} {this.class}"));
    String requests = "";
    for (String method :
        List.of(
            "handle",
            "later",
            "breaks",
            "idle",
            "outer",
            "survives",
            "leaves",
            "waits",
            "skilled")) {
      requests += (requests.isEmpty() ? "" : ";") + AGENT + "#" + method;
    }
    return AgentRun.on(jdk, folder)
        .options("summary=off,probes=" + probes + ",requests=" + requests)
        .run(UserApp.class);
  }

  private static String noPhase() {
    return "no phase: write Type#method phase, as in com.acme.Tools#load tool_registry;"
        + " this line is left out";
  }

  private static void handled(RequestReport request) {
    assertThat(request.spans())
        .extracting(Span::name)
        .containsExactly("new tools", "UserApp$Tools#load", "UserApp$Agent#overload");
    assertThat(request.spans())
        .extracting(Span::phase)
        .containsExactly("tool_registry", "catalogue", "agent_build");
    assertThat(request.spans())
        .allMatch(s -> s.endNanos() - s.startNanos() >= TimeUnit.MILLISECONDS.toNanos(20))
        .noneMatch(s -> s.inferred() || s.failed() || s.open());
    assertThat(request.spans().get(1).thread()).isNotEqualTo(request.spans().get(0).thread());
    assertThat(request.window()).isEqualTo("response_end");
  }

  /** A phase that failed in a request that did not. */
  private static void survived(RequestReport request) {
    assertThat(request.failed()).isFalse();
    assertThat(request.spans())
        .extracting(Span::name)
        .containsExactly("new tools", "UserApp$Tools#load");
    assertThat(request.spans()).extracting(Span::failed).containsExactly(false, true);
    assertThat(request.exclusiveNanos("catalogue"))
        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
  }

  /** What had not ended is cut at the window. */
  private static void left(RequestReport request) {
    Span span = request.spans().get(1);
    assertThat(span.name()).isEqualTo("UserApp$Tools#linger");
    assertThat(span.open()).isTrue();
    assertThat(span.endNanos()).isEqualTo(request.wallNanos());
    assertThat(span.exclusiveNanos())
        .isEqualTo(span.endNanos() - span.startNanos())
        .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
    assertThat(request.spans().get(0).open()).isFalse();
  }

  /** Each ends with the future that the method returned, and is called after its argument. */
  private static void waited(RequestReport request) {
    assertThat(request.spans())
        .extracting(Span::name)
        .containsExactly("fetch from eu", "fetch from us");
    assertThat(request.spans())
        .allMatch(s -> s.endNanos() - s.startNanos() >= TimeUnit.MILLISECONDS.toNanos(20))
        .noneMatch(s -> s.open() || s.failed() || s.inferred());
  }

  /** A text is shown, an object that is none is not asked for its text. */
  private static void skilled(RequestReport request) {
    assertThat(request.spans())
        .extracting(Span::name)
        .containsExactly("docs ? Search", "sum ? Sum");
    assertThat(request.spans()).extracting(Span::phase).containsOnly("skill");
  }

  /** It ends with the future that the method returned. */
  private static void late(RequestReport request) {
    assertThat(request.spans())
        .extracting(Span::name)
        .containsExactly("new tools", "UserApp$Tools#load");
    assertThat(request.wallNanos()).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(40));
    assertThat(request.spans()).noneMatch(Span::open);
  }
}
