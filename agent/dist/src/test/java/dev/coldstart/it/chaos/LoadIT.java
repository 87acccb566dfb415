package dev.coldstart.it.chaos;

import dev.coldstart.it.app.CrowdApp;
import dev.coldstart.it.app.ServerApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Carried;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.Live;
import dev.coldstart.it.harness.RawHttp;
import dev.coldstart.it.harness.Seen;
import dev.coldstart.it.harness.Seen.End;
import dev.coldstart.it.harness.Sums;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each request of a client is counted once, however many there are and however close. */
class LoadIT {
  @RegisterExtension
  static final Row ROW =
      new Row(
          "50 and 500 first requests at once, and a million on 8 connections, 5,000 a second. The"
              + " client's count is the histograms', no request is reported twice, the heap after a"
              + " full collection does not grow, and the process ends by itself when the service's"
              + " own threads have. A million as fast as they can be asked, service and client on"
              + " the same cores: none is dropped.");

  private static final int REQUESTS = Row.size(20_000, 1_000_000);
  private static final int CONNECTIONS = 8;
  private static final int PER_SECOND = 5_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long HEAP_NOISE = 6_000_000;

  /**
   * A build runs other tests meanwhile, and the agent's thread may get no processor for a while.
   */
  private static final int MAY_BE_DROPPED = Row.size(REQUESTS / 10, 0);

  @TempDir private Path folder;

  @Test
  void firstRequestsAtOnce() throws Exception {
    for (Jdk jdk : Row.jdks()) {
      for (int count : new int[] {50, 500}) {
        String name = count + " first requests at once, " + jdk;
        AgentRun run = run(jdk, name).options("summary=off").classPath(fakes());
        try (ForkedApp app = run.start(ServerApp.class)) {
          // Throws when one is not answered as it is without the agent.
          Carried.concurrently(app.http(), "/plain?", count);
          app.await("all", () -> counted(app) >= count);
          Seen watched = Seen.ended(app, List.of(), End.FINISH);
          ROW.ran();
          ROW.holds(name, watched.ended().exit() == 0, "exit code " + watched.ended().exit());
          ROW.holds(name, watched.ended().err().isEmpty(), watched.ended().err());
          // And the one that ended it.
          account(name, app, count + 1);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.chaos.Row#jdks")
  void veryMany(Jdk jdk) throws Exception {
    String name = REQUESTS + " requests, " + jdk;
    AgentRun run = run(jdk, name).options("summary=off,probes=" + probes());
    try (ForkedApp app = run.start(CrowdApp.class)) {
      int answered = ask(app.http(), REQUESTS / 10, PER_SECOND);
      settle(app, REQUESTS / 10);
      long early = Live.of(run, app).get(Live.TOTAL).bytes();
      answered += ask(app.http(), REQUESTS - REQUESTS / 10, PER_SECOND);
      settle(app, REQUESTS);
      long late = Live.of(run, app).get(Live.TOTAL).bytes();
      ROW.ran();
      ROW.holds(name, answered == REQUESTS, "answered " + answered);
      ROW.leaked(
          name, late - early > HEAP_NOISE ? List.of(late - early + " bytes of heap") : List.of());
      exit(name, app);
      account(name, app, answered);
      ROW.note(
          name
              + ": heap after a full collection "
              + early / 1_000
              + " kB after a tenth of them, "
              + late / 1_000
              + " kB after all");
    }
  }

  /** The agent's thread reads as fast as others ask; what it had to drop would be counted. */
  @Test
  void asFastAsTheyCanBeAsked() throws Exception {
    Jdk jdk = Jdks.any();
    String name = REQUESTS + " requests at full speed, " + jdk;
    AgentRun run = run(jdk, name).options("summary=off,probes=" + probes());
    try (ForkedApp app = run.start(CrowdApp.class)) {
      long begin = System.nanoTime();
      int answered = ask(app.http(), REQUESTS, Integer.MAX_VALUE);
      long perSecond = REQUESTS * NANOS_PER_SECOND / (System.nanoTime() - begin);
      settle(app, REQUESTS);
      exit(name, app);
      long dropped = app.report().agent().droppedRequests();
      ROW.ran();
      ROW.holds(name, answered == REQUESTS, "answered " + answered);
      ROW.lost(name, REQUESTS - dropped - counted(app), "requests that nobody counted");
      ROW.lost(name, Math.max(0, dropped - MAY_BE_DROPPED), "requests dropped");
      ROW.note(name + ": " + perSecond + " a second, " + dropped + " dropped");
    }
  }

  private static void exit(String name, ForkedApp app) {
    app.http().get("/exit");
    ForkedApp.Ended ended = app.await();
    ROW.holds(name, ended.exit() == 3 && ended.err().isEmpty(), ended.toString());
  }

  private Path probes() throws IOException {
    return Files.writeString(
        folder.resolve("probes"), CrowdApp.class.getName() + "$Agent#tool tool_call\n");
  }

  /** Nothing of the agent keeps a process alive, whatever is switched on. */
  @ParameterizedTest
  @MethodSource("dev.coldstart.it.chaos.Row#jdks")
  void endsByItself(Jdk jdk) throws Exception {
    String name = "end of the last thread, " + jdk;
    Seen plain = Seen.of(run(jdk, "plain").withoutAgent().classPath(fakes()), End.FINISH);
    try (FaultyCollector collector =
        new FaultyCollector(FaultyCollector.Fault.REFUSING, "http/protobuf")) {
      AgentRun run =
          run(jdk, "finish")
              .options("summary=off,otel=on,jfr=on")
              .jvm("-Dotel.exporter.otlp.endpoint=" + collector.endpoint())
              .classPath(fakes());
      Seen watched = Seen.of(run, End.FINISH);
      ROW.same(name, plain, watched);
    }
  }

  /** Answers that are as they are without the agent. */
  private static int ask(RawHttp http, int requests, int perSecond) throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    long begin = System.nanoTime();
    AtomicInteger answered = new AtomicInteger();
    List<Thread> clients = new ArrayList<>();
    for (int c = 0; c < CONNECTIONS; c++) {
      Thread client =
          new Thread(
              () -> {
                try (RawHttp.Connection connection = http.connect()) {
                  for (int i = asked.getAndIncrement(); i < requests; ) {
                    long due = begin + i * NANOS_PER_SECOND / perSecond;
                    LockSupport.parkNanos(due - System.nanoTime());
                    connection.send("/tool");
                    RawHttp.Response response = connection.read();
                    if (response.status().equals("HTTP/1.1 200 OK")
                        && response.body().equals("1")) {
                      answered.incrementAndGet();
                    }
                    i = asked.getAndIncrement();
                  }
                }
              });
      clients.add(client);
      client.start();
    }
    for (Thread client : clients) {
      client.join();
    }
    return answered.get();
  }

  /** What waits for the agent's thread is no leak. */
  private static void settle(ForkedApp app, int requests) {
    app.await(
        "all read",
        () -> {
          int counted = counted(app);
          return counted > 0 && counted + app.report().agent().dropped() >= requests;
        });
  }

  /** The client's count against all the report's. */
  private void account(String name, ForkedApp app, int asked) throws Exception {
    RunReport report = app.report();
    Sums.check(report);
    ROW.lost(name, asked - counted(app), "requests, " + report.agent().dropped() + " dropped");
    ROW.holds(
        name,
        report.requests().stream().map(RequestReport::id).distinct().count()
            == report.requests().size(),
        "requests with the same number");
    ROW.holds(
        name,
        report.requests().stream().map(RequestReport::startMonotonicNanos).distinct().count()
            >= report.requests().size() * 9 / 10,
        "requests that began at the same time");
    ROW.holds(name, report.agent().inFlight() <= 1, "in flight " + report.agent().inFlight());
    ROW.holds(name, report.agent().warnings().isEmpty(), "" + report.agent().warnings());
  }

  /** Requests of agents by the histograms, which have all of them, and others. */
  private static int counted(ForkedApp app) {
    if (!Files.exists(app.reports())) {
      return 0;
    }
    long count = 0;
    try (HistogramLogReader log =
        new HistogramLogReader(ForkedApp.file(app.reports(), ".hlog").toFile())) {
      for (EncodableHistogram h = log.nextIntervalHistogram();
          h != null;
          h = log.nextIntervalHistogram()) {
        count += h.getTag().startsWith("request:") ? ((Histogram) h).getTotalCount() : 0;
      }
    } catch (FileNotFoundException | AssertionError e) {
      return 0;
    }
    return (int) count
        + app.report().others().stream()
            .filter(other -> !other.route().equals("/exit"))
            .mapToInt(other -> (int) other.count())
            .sum();
  }

  private Path fakes() {
    return Fakes.compile("hikari", folder);
  }

  private AgentRun run(Jdk jdk, String name) {
    return AgentRun.on(jdk, folder.resolve(name.replaceAll("\\W", "")))
        .workDir(folder)
        // Else the server sends a body 40 ms after its headers.
        .onlyJvm("-Xmx256m", "-Dsun.net.httpserver.nodelay=true");
  }
}
