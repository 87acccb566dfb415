package dev.coldstart.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.phase.Attribution;
import dev.coldstart.phase.Attributor;
import dev.coldstart.phase.Connect;
import dev.coldstart.phase.Interval;
import dev.coldstart.phase.Phase;
import dev.coldstart.phase.PhaseTime;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Sites;
import dev.coldstart.weave.TestSites;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What steps of connections count for. */
class EnclosingTest {
  private static final int TCP = 9_000;
  private static final int DNS = 9_001;
  private static final int DRIVER = 9_002;
  private static final int SEARCH = 9_003;
  private static final int TOOLS = 9_004;
  private static final int DRIVERS_TCP = 9_005;
  private static final int TLS = 9_006;
  private static final int REDIS = 9_007;
  private static final int REDIS_SEARCH = 9_008;

  private final Trace trace = Recorder.scratch();
  private final long start = trace.startNanos;

  @BeforeAll
  static void sites() {
    TestSites.register(TCP, Probe.connect(Connect.TCP, "a.B", "c"));
    TestSites.register(DNS, Probe.connect(Connect.DNS, "a.B", "d"));
    TestSites.register(TLS, Probe.connect(Connect.TLS, "a.B", "t"));
    TestSites.register(DRIVER, Probe.time(Phase.DB_CONNECT, "driver connect", "a.B", "e"));
    TestSites.register(DRIVERS_TCP, Probe.time(Phase.DB_CONNECT, "tcp", "a.B", "f"));
    TestSites.register(SEARCH, Probe.time(Phase.VECTOR_STORE_QUERY, "search", "a.B", "g"));
    TestSites.register(REDIS, Probe.time(Phase.DB_CONNECT, "redis connect", "a.B", "r"));
    TestSites.register(
        REDIS_SEARCH, Probe.time(Phase.VECTOR_STORE_QUERY, "redis search", "a.B", "s"));
    TestSites.register(TOOLS, Probe.time("my_phase", "tools", "a.B", "h"));
  }

  @Test
  void aStepCountsForWhatEnclosesIt() {
    assertThat(phaseInside(Sites.LLM_TTFT)).isEqualTo("llm_connect");
    assertThat(phaseInside(Sites.LLM_GENERATION)).isEqualTo("llm_connect");
    assertThat(phaseInside(SEARCH)).isEqualTo("vector_store_connect");
    assertThat(phaseInside(DRIVER)).isEqualTo("db_connect");
    assertThat(phaseInside(TOOLS)).isEqualTo("my_phase");
    assertThat(phaseInside(DRIVER, SEARCH)).isEqualTo("vector_store_connect");
    assertThat(phaseInside(TLS, TOOLS)).isEqualTo("my_phase");
    assertThat(phaseInside(SEARCH, TOOLS)).as("the nearest").isEqualTo("vector_store_connect");
    assertThat(phaseInside(TOOLS, SEARCH)).as("the nearest").isEqualTo("my_phase");
    assertThat(phaseInside()).isEqualTo("unattributed");
  }

  @Test
  void aDriverThatAVectorStoreConnectsBelongsToTheStore() {
    int search = open(SEARCH, -1, 0);
    int driver = open(DRIVER, search, 0);
    assertThat(Enclosing.phase(trace, driver)).isEqualTo("vector_store_connect");
    assertThat(Enclosing.phase(trace, open(DRIVER, open(TOOLS, -1, 0), 0))).isEqualTo("db_connect");
    assertThat(Enclosing.phase(trace, open(DRIVER, -1, 0))).isEqualTo("db_connect");
  }

  @Test
  void whatItBeganInCountsAlsoWhenThatEndedFirst() {
    int search = open(SEARCH, -1, 0);
    int tcp = open(TCP, search, 10);
    close(search, 20);
    close(tcp, 40);

    Interval late = read().get(1);

    assertThat(late.phase()).isEqualTo("vector_store_connect");
    assertThat(late.parent()).isEqualTo(-1);
  }

  @Test
  void whatAModelsAnswerLetBeginIsNotPartOfItsCall() {
    int tools = open(TOOLS, -1, 0);
    int call = open(Sites.LLM_TTFT, tools, 10);
    int during = open(TCP, call, 20);
    close(call, 30);
    int after = open(TCP, call, 31);

    assertThat(Enclosing.phase(trace, during)).isEqualTo("llm_connect");
    assertThat(Enclosing.phase(trace, after)).isEqualTo("my_phase");
  }

  @Test
  void theSameStepInsideItselfCountsOnce() {
    int driver = open(DRIVER, -1, 0);
    int outer = open(DRIVERS_TCP, driver, 10);
    int dns = open(DNS, outer, 10);
    close(dns, 20);
    int refused = open(TCP, outer, 20);
    trace.note(refused, "error", "java.net.ConnectException");
    trace.close(refused, start + 30, true);
    int inner = open(TCP, outer, 30);
    trace.note(inner, "port", 1L);
    int deeper = open(TOOLS, inner, 35);
    close(deeper, 36);
    close(inner, 40);
    close(outer, 50);
    close(driver, 60);

    List<Interval> read = read();

    assertThat(read)
        .extracting(Interval::name)
        .containsExactly("driver connect", "tcp", "dns", "tools");
    assertThat(read.get(1).notes()).containsOnlyKeys("port");
    assertThat(read.get(3).parent()).as("of what is not shown").isEqualTo(outer);
  }

  @Test
  void whatAModelCallSpendsOnConnectingIsTakenOutOfItsFirstToken() {
    int call = open(Sites.LLM_TTFT, -1, 10);
    int tcp = open(TCP, call, 20);
    close(tcp, 50);
    close(call, 90);

    Attribution found = Attributor.attribute(start, start + 100, read());

    assertThat(found.phases())
        .extracting(PhaseTime::phase, PhaseTime::exclusiveNanos, PhaseTime::totalNanos)
        .containsExactly(tuple("llm_ttft", 50L, 80L), tuple("llm_connect", 30L, 30L));
    assertThat(found.unattributedNanos()).isEqualTo(20);
  }

  @Test
  void aStepThatNobodyEndsIsGivenUpWithWhatItBeganIn() {
    int call = open(Sites.LLM_TTFT, -1, 10);
    int tls = open(TLS, call, 20);
    int done = open(TCP, call, 10);
    close(done, 20);
    trace.note(call, "error", "java.net.http.HttpConnectTimeoutException");
    trace.close(call, start + 90, true);

    Interval handshake = read().get(1);

    assertThat(handshake.id()).isEqualTo(tls);
    assertThat(handshake.parent()).isEqualTo(call);
    assertThat(handshake.endNanos()).isEqualTo(start + 90);
    assertThat(handshake.open()).isFalse();
    assertThat(handshake.failed()).isTrue();
    assertThat(handshake.notes())
        .containsEntry("error", "java.net.http.HttpConnectTimeoutException");
    assertThat(read().get(2).failed()).isFalse();
  }

  @Test
  void aStepAloneHasANameAndIsUnattributed() {
    int tcp = open(TCP, -1, 20);
    close(tcp, 50);

    Attribution found = Attributor.attribute(start, start + 100, read());

    assertThat(found.phases()).isEmpty();
    assertThat(found.unattributedNanos()).isEqualTo(100);
    assertThat(found.slices().get(1).interval()).isEqualTo(tcp);
    assertThat(found.slices().get(1).phase()).isEqualTo("unattributed");
  }

  @Test
  void aStepOfSomeThreadThatDidNothingElseHereIsLeftOut() {
    openInferred(TCP, -1);
    openInferred(TCP, openInferred(TOOLS, -1));

    assertThat(read()).extracting(Interval::phase).containsExactly("my_phase", "my_phase");
  }

  @Test
  void aClientThatSearchesLaterConnectedForThat() {
    int redis = open(REDIS, open(TOOLS, -1, 0), 0);
    open(TCP, redis, 0);
    close(redis, 1);
    close(open(DRIVER, -1, 0), 1);
    open(REDIS, -1, 0);
    assertThat(read())
        .extracting(Interval::phase)
        .containsExactly("my_phase", "db_connect", "db_connect", "db_connect", "db_connect");

    open(REDIS_SEARCH, -1, 1);
    String connect = "vector_store_connect";
    String query = "vector_store_query";
    assertThat(read())
        .extracting(Interval::phase)
        .containsExactly("my_phase", connect, connect, "db_connect", "db_connect", query);
  }

  private int openInferred(int site, int parent) {
    return trace.open(site, parent, start, Scope.current(), true);
  }

  /** Of a step inside sites, the nearest first. */
  private String phaseInside(int... sites) {
    int parent = -1;
    for (int i = sites.length - 1; i >= 0; i--) {
      parent = open(sites[i], parent, 0);
    }
    return Enclosing.phase(trace, open(TCP, parent, 0));
  }

  private int open(int site, int parent, long at) {
    return trace.open(site, parent, start + at, Scope.current(), false);
  }

  private void close(int index, long at) {
    trace.close(index, start + at, false);
  }

  private List<Interval> read() {
    TraceReader reader = new TraceReader();
    reader.add(trace, 0, start + 1_000);
    return reader.intervals();
  }
}
