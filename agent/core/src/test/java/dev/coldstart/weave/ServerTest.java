package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTest {
  private static final Object[] NONE = {};

  private final Server server = Server.named("test");
  private final Hook begin =
      server.begins(At.self(), At.self("method"), At.self("target"), At.self("header:traceparent"));

  /** A server's request, as hooks see it. */
  public record Request(String method, String target) {
    /** A header's value. */
    public String header(String name) {
      return name + " of " + method;
    }
  }

  private final Request request = new Request("GET", "/items/7?token=s3cr3t");

  @AfterEach
  void nothingIsLeftInFlight() {
    assertThat(Scope.current().request()).isNull();
    for (Trace trace : Recorder.inFlight()) {
      Recorder.end(trace);
    }
    while (Recorder.drain() != null) {}
  }

  @Test
  void beginsARequestAndWorksForItMeanwhile() {
    Object state = begin.before(0, request, NONE);
    Trace trace = Inbound.of(request);
    assertThat(Scope.current().request()).isSameAs(trace);
    begin.after(0, state, request, NONE, null, null);

    assertThat(trace.method).isEqualTo("GET");
    assertThat(trace.route).isEqualTo("/items/7");
    assertThat(trace.traceparent).isEqualTo("traceparent of GET");
    assertThat(trace.server).isEqualTo("test");
    assertThat(trace.isClosed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aMethodThatIsAllOfARequestEndsIt(boolean fails) {
    Object state = begin.before(0, request, NONE);
    Trace trace = Inbound.of(request);
    Throwable thrown = fails ? new IllegalStateException() : null;
    Server.named("test").returns(At.self()).after(0, null, request, NONE, null, thrown);
    begin.after(0, state, request, NONE, null, thrown);

    assertThat(trace.isClosed()).isTrue();
    assertThat(trace.failed).isEqualTo(fails);
  }

  @Test
  void aConstantIsTheSameEverywhere() {
    assertThat(At.constant("grpc").read(null, NONE, null)).isEqualTo("grpc");
  }

  @Test
  void anExceptionLeavesTheRequestToWhoeverEndsIt() {
    Object state = begin.before(0, request, NONE);
    begin.after(0, state, request, NONE, null, new IllegalStateException());

    assertThat(Inbound.of(request).isClosed()).isFalse();
  }

  @Test
  void aSecondDispatchIsTheSameRequest() {
    Trace first = begun();
    Trace second = begun();
    server.ends(At.self()).before(0, request, NONE);
    Trace third = begun();

    assertThat(second).isSameAs(first);
    assertThat(first.isClosed()).isTrue();
    assertThat(third).as("the object is used again").isNotSameAs(first);
  }

  @Test
  void nothingBeginsWithoutAMethod() {
    Request none = new Request(null, "/");
    Object state = begin.before(0, none, NONE);

    assertThat(state).isNull();
    assertThat(Inbound.of(none)).isNull();
    assertThat(Recorder.inFlight()).isEmpty();
  }

  @Test
  void beginsAtTheReturnAndWorksUntilTheServingMethodReturns() {
    Object response = new Object();
    Hook late =
        server
            .begins(At.result(), At.argument(0), At.argument(1), null)
            .alsoFor(At.lastArgument())
            .atReturn();
    Hook serves = server.serves();
    Object[] args = {"POST", "/x", response};
    Object serving = serves.before(0, this, NONE);
    assertThat(late.before(0, null, args)).isNull();
    late.after(0, null, null, args, request, null);
    Trace trace = Inbound.of(response);
    assertThat(Scope.current().request()).isSameAs(trace);
    serves.after(0, serving, this, NONE, null, null);

    assertThat(Scope.current().request()).isNull();
    assertThat(Inbound.of(request)).isSameAs(trace);
    assertThat(trace.method).isEqualTo("POST");
  }

  @Test
  void joinsAnObjectsRequest() {
    Trace trace = begun();
    Hook joins = server.joins(At.argument(0));
    Object[] args = {request};
    Object state = joins.before(0, this, args);
    assertThat(Scope.current().request()).isSameAs(trace);
    joins.after(0, state, this, args, null, null);
    assertThat(joins.before(0, this, new Object[] {"nobody's"})).isEqualTo(-1);
  }

  @Test
  void bytesOfTheBodyAreTold() {
    Trace trace = begun();
    Hook bodies = server.bodies(At.self(), At.argument(0));
    Object[] nothing = {ByteBuffer.allocate(0), new byte[0], 0, null, "text"};
    for (Object none : nothing) {
      bodies.before(0, request, new Object[] {none});
    }
    assertThat(trace.firstBody).isZero();
    ByteBuffer[] several = {ByteBuffer.allocate(0), ByteBuffer.allocate(1)};
    bodies.before(0, request, new Object[] {several});
    assertThat(trace.firstBody).isPositive();
    bodies.after(0, null, request, new Object[] {several}, null, null);
    assertThat(trace.failed).isFalse();
    bodies.after(0, null, request, new Object[] {several}, null, new java.io.IOException());
    assertThat(trace.failed).as("they did not leave").isTrue();
  }

  @Test
  void aChangeOfTheProtocolIsNamedSo() {
    Trace trace = begun();
    server.statuses(At.self(), At.argument(0)).before(0, request, new Object[] {101});

    assertThat(trace.method).isEqualTo("upgrade");
    assertThat(trace.failed).isFalse();
  }

  @Test
  void failsByStatusExceptionOrBreak() {
    Hook status = server.statuses(At.self(), At.argument(0));
    Trace trace = begun();
    status.before(0, request, new Object[] {404});
    assertThat(trace.failed).isFalse();
    status.before(0, request, new Object[] {503});
    assertThat(trace.failed).isTrue();

    Hook ends = server.ends(At.self(), At.argument(0));
    server.breaks(At.self()).before(0, request, NONE);
    Trace well = begun();
    ends.before(0, request, new Object[] {null});
    Trace badly = begun();
    ends.before(0, request, new Object[] {new IllegalStateException()});
    assertThat(well.failed).isFalse();
    assertThat(badly.failed).isTrue();
    assertThat(badly.isClosed()).isTrue();
  }

  @Test
  void whatIsToldAfterTheEndChangesNothing() {
    Object response = new Object();
    Trace trace = begun();
    Inbound.bind(response, trace);
    server.ends(At.self()).before(0, request, NONE);
    Object[] late = {response, 500};
    server.statuses(At.argument(0), At.argument(1)).before(0, this, late);
    server.bodies(At.argument(0), At.argument(1)).before(0, this, late);

    assertThat(trace.failed).isFalse();
    assertThat(trace.firstBody).isZero();
  }

  @Test
  void aTemplateReplacesThePath() {
    Hook routes = Server.routes(At.argument(0));
    Object state = begin.before(0, request, NONE);
    routes.after(0, null, this, new Object[] {null}, null, null);
    assertThat(Inbound.of(request).route).isEqualTo("/items/7");
    routes.after(0, null, this, new Object[] {"/items/{id}"}, null, null);
    begin.after(0, state, request, NONE, null, null);

    assertThat(Inbound.of(request).route).isEqualTo("/items/{id}");
  }

  @Test
  void objectsAreBoundToARequestOrToTheThreads() {
    Object body = new Object();
    Object stream = new Object();
    Object state = begin.before(0, request, NONE);
    server.binds(At.self()).after(0, null, body, NONE, null, null);
    begin.after(0, state, request, NONE, null, null);
    server.binds(At.self(), At.result()).after(0, null, request, NONE, stream, null);

    assertThat(Inbound.of(body)).isSameAs(Inbound.of(request));
    assertThat(Inbound.of(stream)).isSameAs(Inbound.of(request));
  }

  private Trace begun() {
    begin.after(0, begin.before(0, request, NONE), request, NONE, null, null);
    return Inbound.of(request);
  }
}
