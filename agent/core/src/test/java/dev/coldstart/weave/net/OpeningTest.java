package dev.coldstart.weave.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.At;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.TestSites;
import dev.coldstart.weave.store.Statement;
import java.net.ConnectException;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpeningTest {
  private static final int SITE = 9_100;
  private static final int INNER = 9_101;
  private static final Object[] NONE = {};
  private static final String CANCELLED = "java.util.concurrent.CancellationException";

  private final Opening opening = new Opening();
  private final Hook begins = opening.beginsUnless(OpeningTest::isOver, At.self(), At.argument(0));
  private final Hook ends = opening.endsIf(OpeningTest::isOver, At.self());
  private final Hook fails = opening.fails(At.argument(0), At.self());
  private final Connection connection = new Connection();
  private Trace request;

  /** An object of a client. */
  private static final class Connection {
    private boolean over;
  }

  private static boolean isOver(Object self, Object[] args, Object result) {
    return ((Connection) self).over;
  }

  @BeforeEach
  void begin() {
    request = Recorder.begin("GET", "/", null);
  }

  @AfterEach
  void end() {
    Recorder.end(request);
    Recorder.drain();
    Recorder.swapAmbient();
  }

  @Test
  void belongsToWhoBeganItWhoeverEndsIt() throws InterruptedException {
    begun("a");
    assertThat(request.end(0)).isEqualTo(-1);
    Thread loop = new Thread(() -> call(ends, connection, NONE, null));
    loop.start();
    loop.join();
    assertThat(request.end(0)).as("called, and not over").isEqualTo(-1);

    connection.over = true;
    loop = new Thread(() -> call(ends, connection, NONE, null));
    loop.start();
    loop.join();

    assertThat(request.site(0)).isEqualTo(SITE);
    assertThat(request.end(0)).isPositive();
    assertThat(request.thrown(0)).isFalse();
    assertThat(request.size()).isEqualTo(1);
  }

  @Test
  void whatTheMethodDoesIsInside() {
    int joined = Recorder.join(request);
    Object state = begins.before(SITE, connection, new Object[] {"a"});
    Recorder.exit(Recorder.enter(INNER));
    begins.after(SITE, state, connection, new Object[] {"a"}, null, null);
    Recorder.exit(Recorder.enter(INNER));
    Recorder.detach(joined);

    assertThat(request.parent(1)).isZero();
    assertThat(request.parent(2)).isEqualTo(-1);
  }

  @Test
  void aMethodThatDoesAllOfItEndsIt() {
    connection.over = true;
    begun("a");

    assertThat(request.end(0)).isNotNegative();
  }

  @Test
  void beginningTwiceIsOneStep() {
    begun("a");
    begun("a");

    assertThat(request.size()).isEqualTo(1);
  }

  @Test
  void theFirstEndCountsAndNamesTheClassOfWhatWentWrong() {
    begun("a");
    call(fails, connection, new Object[] {new ConnectException("secret")}, null);
    connection.over = true;
    call(ends, connection, NONE, null);

    assertThat(request.thrown(0)).isTrue();
    assertThat(request.notes()).containsExactly(0, "error", "java.net.ConnectException");
  }

  @Test
  void aMethodThatThrowsFailsTheStep() {
    begun("a");
    call(ends, connection, NONE, new ConnectException());

    assertThat(request.thrown(0)).isTrue();
    assertThat(request.notes()).containsExactly(0, "error", "java.net.ConnectException");
  }

  @Test
  void tellsTheSessionThatAHandshakeAgreedOn() throws Exception {
    SSLSession session = SSLContext.getDefault().createSSLEngine().getSession();
    Hook agrees = opening.endsIf(OpeningTest::isOver, At.self(), At.argument(0));
    begun("a");
    call(agrees, connection, new Object[] {session}, null);
    assertThat(request.notes()).as("not over").isEmpty();
    connection.over = true;
    call(agrees, connection, new Object[] {session}, null);

    assertThat(request.notes()).startsWith(0, "protocol", session.getProtocol());
  }

  @Test
  void anyOfItsObjectsStandsForIt() {
    Object other = new Object();
    begun(other);
    Hook goesOn = opening.goesOn(At.self());
    Object state = goesOn.before(SITE, other, NONE);
    Recorder.exit(Recorder.enter(INNER));
    goesOn.after(SITE, state, other, NONE, null, null);
    call(opening.ends(At.self()), other, NONE, null);

    assertThat(request.parent(1)).isZero();
    assertThat(request.end(0)).isPositive();
  }

  @Test
  void outsideRequestsNestsAsWell() {
    Recorder.end(request);
    Recorder.swapAmbient();
    Object state = begins.before(SITE, connection, new Object[] {"a"});
    Recorder.exit(Recorder.enter(INNER));
    begins.after(SITE, state, connection, new Object[] {"a"}, null, null);

    Trace nobody = Recorder.target();
    assertThat(nobody.serial).isZero();
    assertThat(nobody.size()).isEqualTo(2);
    assertThat(nobody.parent(1)).isZero();
    assertThat(Scope.current().request()).isNull();
  }

  @Test
  void someCallsAreAStepThatOutlastsTheirFuture() {
    Hook asks = opening.beginsAsync(Statement.beginning("find", At.argument(0)), At.self());
    CompletableFuture<String> first = new CompletableFuture<>();
    assertThat(answered(asks, "other", first)).as("no step of it").isSameAs(first);
    assertThat(request.size()).isZero();

    Object answered = answered(asks, "find", first);
    first.complete("begins to come");
    assertThat(((CompletableFuture<?>) answered).join()).isEqualTo("begins to come");
    assertThat(request.end(0)).isEqualTo(-1);
    call(opening.endsBefore(At.self()), connection, NONE, null);
    assertThat(request.end(0)).isNotNegative();
  }

  @Test
  void andFailsWithIt() {
    Hook asks = opening.beginsAsync(Statement.beginning("find", At.argument(0)), At.self());
    answered(asks, "find", CompletableFuture.failedFuture(new ConnectException("secret")));

    assertThat(request.thrown(0)).isTrue();
    assertThat(request.notes()).containsExactly(0, "error", "java.net.ConnectException");
  }

  private Object answered(Hook hook, String text, CompletableFuture<String> future) {
    int joined = Recorder.join(request);
    Object[] args = {text};
    Object state = hook.before(SITE, connection, args);
    Object answered = hook.after(SITE, state, connection, args, future, null);
    Recorder.detach(joined);
    return answered;
  }

  @Test
  void whatIsThereAtOnceIsNotWaitedFor() {
    Hook asks = opening.waits(null, At.argument(0));
    Object[] told = {"a"};
    int joined = Recorder.join(request);
    Object state = asks.before(SITE, this, told);
    call(opening.endsBefore(At.self()), "a", NONE, null);
    asks.after(SITE, state, this, told, null, null);
    connection.over = true;
    call(opening.waits(OpeningTest::isOver, At.result()), connection, NONE, null);
    Recorder.detach(joined);

    assertThat(request.size()).isZero();
  }

  @Test
  void aWaitBeginsWithTheMethodThatAskedAndEndsWhereItIsTold() throws InterruptedException {
    Hook asks = opening.waits(OpeningTest::isOver, At.result());
    Object answer = new Object();
    long before = System.nanoTime() - request.startNanos;
    int joined = Recorder.join(request);
    Object state = asks.before(SITE, connection, NONE);
    asks.after(SITE, state, connection, NONE, answer, null);
    Recorder.detach(joined);
    assertThat(request.start(0)).isGreaterThanOrEqualTo(before);
    assertThat(request.end(0)).isNegative();

    Thread other = new Thread(() -> call(opening.endsBefore(At.self()), answer, NONE, null));
    other.start();
    other.join();

    assertThat(request.end(0)).isPositive();
    assertThat(request.site(0)).isEqualTo(SITE);
  }

  @Test
  void anEndWithoutABeginningIsNothing() {
    call(ends, connection, NONE, null);
    call(fails, connection, new Object[] {null}, null);

    assertThat(request.size()).isZero();
  }

  @Test
  void aCallEndsBeforeItsFutureDoes() {
    CompletableFuture<String> future = new CompletableFuture<>();
    called(future);
    assertThat(request.end(0)).isEqualTo(-1);
    Hook answered = opening.endsBefore((self, args, result) -> args.length == 0, At.self());

    answered.before(SITE, future, new Object[] {"an error"});
    assertThat(request.end(0)).isEqualTo(-1);
    answered.before(SITE, future, NONE);
    assertThat(request.end(0)).isPositive();
    assertThat(request.thrown(0)).isFalse();
  }

  @Test
  void aCallWhoseFutureIsDoneByThenIsOver() {
    called(CompletableFuture.completedFuture("a"));
    called(CompletableFuture.failedFuture(new ConnectException("secret")));
    CompletableFuture<String> late = new CompletableFuture<>();
    called(late);
    late.cancel(true);
    call(opening.ends(At.self()), late, NONE, null);

    assertThat(request.end(0)).isPositive();
    assertThat(request.thrown(0)).isFalse();
    assertThat(request.thrown(1)).isTrue();
    assertThat(request.notes())
        .containsExactly(1, "error", "java.net.ConnectException", 2, "error", CANCELLED);
  }

  @Test
  void callsThatLeadToOneAnotherAreOne() {
    TestSites.register(SITE, Probe.time(Phase.VECTOR_STORE_QUERY, "redis search", "a.B", "c"));
    TestSites.register(INNER, Probe.time(Phase.VECTOR_STORE_QUERY, "redis search", "a.B", "d"));
    int joined = Recorder.join(request);
    Hook calls = opening.calls(null, At.result());
    int outer = Recorder.enter(INNER);
    Object state = calls.before(SITE, null, NONE);
    calls.after(SITE, state, null, NONE, new Object(), null);
    Recorder.exit(outer);
    Recorder.detach(joined);

    assertThat(request.size()).isEqualTo(1);
  }

  private void called(CompletableFuture<String> future) {
    int joined = Recorder.join(request);
    Hook calls = opening.calls(null, At.result());
    calls.after(SITE, calls.before(SITE, null, NONE), null, NONE, future, null);
    Recorder.detach(joined);
  }

  private void begun(Object also) {
    int joined = Recorder.join(request);
    Object[] args = {also};
    begins.after(SITE, begins.before(SITE, connection, args), connection, args, null, null);
    Recorder.detach(joined);
  }

  private static void call(Hook hook, Object self, Object[] args, Throwable thrown) {
    hook.after(SITE, hook.before(SITE, self, args), self, args, null, thrown);
  }
}
