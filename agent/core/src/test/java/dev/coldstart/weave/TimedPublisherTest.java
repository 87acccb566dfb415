package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.SingleSubject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Publishers of RxJava, and futures, that a method returns. */
class TimedPublisherTest {
  private static final int SITE = 5;
  private static final int INNER = 6;

  private final TimedPublisher cold = new TimedPublisher(false).noting(new Elements());
  private Trace request;
  private int joined;

  private static final class Elements implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      if (result instanceof String) {
        Recorder.note("element of " + args[0], result);
      }
    }

    @Override
    public void elements(long count) {
      Recorder.note("count", count);
    }
  }

  @BeforeEach
  void begin() {
    request = Recorder.begin("GET", "/chat", null);
    joined = Recorder.join(request);
  }

  @AfterEach
  void end() {
    Recorder.detach(joined);
    Recorder.end(request);
    Recorder.drain();
  }

  @Test
  void aColdPublisherIsTimedFromItsSubscriptionWithWhatItDoesThen() {
    Single<String> single = returned(cold, Single.fromCallable(TimedPublisherTest::work));
    assertThat(request.size()).as("nothing has happened").isZero();

    assertThat(single.blockingGet()).isEqualTo("done");
    assertThat(request.site(0)).isEqualTo(SITE);
    assertThat(request.site(1)).isEqualTo(INNER);
    assertThat(request.parent(1)).isZero();
    assertThat(request.end(0)).isGreaterThanOrEqualTo(request.end(1));
    Recorder.exit(Recorder.enter(INNER));
    assertThat(request.parent(2)).as("begun later").isEqualTo(-1);
  }

  @Test
  void notesElementsAndCountsThem() {
    assertThat(returned(cold, Flowable.just("a", "b", "c")).toList().blockingGet()).hasSize(3);
    assertThat(returned(cold, Observable.just(1, 2)).blockingLast()).isEqualTo(2);
    assertThat(returned(cold, Maybe.just("d")).blockingGet()).isEqualTo("d");
    assertThat(returned(cold, Maybe.empty()).blockingGet()).isNull();

    String key = "element of x";
    assertThat(request.notes())
        .containsExactly(
            List.of(
                    0, key, "a", 0, key, "b", 0, key, "c", 0, "count", 3L, 1, "count", 2L, 2, key,
                    "d", 2, "count", 1L, 3, "count", 0L)
                .toArray());
  }

  @Test
  void eachSubscriptionIsTimedAndAFailureIsOne() {
    Single<String> failing =
        returned(cold, Single.<String>error(new IllegalArgumentException())).retry(1);

    assertThatThrownBy(failing::blockingGet).isInstanceOf(IllegalArgumentException.class);
    assertThat(request.size()).isEqualTo(2);
    assertThat(request.thrown(0)).isTrue();
    assertThat(request.thrown(1)).isTrue();
    String thrown = "java.lang.IllegalArgumentException";
    assertThat(request.notes()).containsExactly(0, "error", thrown, 1, "error", thrown);
  }

  @Test
  void aCancelledOneEnds() {
    returned(cold, SingleSubject.<String>create().hide()).subscribe().dispose();

    assertThat(request.end(0)).isNotNegative();
    assertThat(request.thrown(0)).isFalse();
  }

  @Test
  void workThatTheMethodBeginsIsPartOfIt() {
    TimedPublisher async = new TimedPublisher(true).noting(new Elements());
    Object state = async.before(SITE, this, new Object[] {"x"});
    String result = work();
    Single<?> single =
        (Single<?>) async.after(SITE, state, this, new Object[] {"x"}, Single.just(result), null);
    assertThat(request.parent(1)).isZero();
    assertThat(request.end(0)).as("still open").isNegative();

    assertThat(single.blockingGet()).isEqualTo("done");
    assertThat(request.end(0)).isGreaterThan(request.end(1));
    assertThat(request.size()).isEqualTo(2);
    assertThat(request.notes()).contains("count", 1L);
  }

  @Test
  void whatIsNoPublisherEndsWithTheMethod() {
    TimedPublisher async = new TimedPublisher(true);
    assertThat(returned(async, "text")).isEqualTo("text");
    Object state = async.before(SITE, this, new Object[] {"x"});
    assertThat(async.after(SITE, state, this, new Object[] {"x"}, null, new Exception())).isNull();

    assertThat(request.end(0)).isNotNegative();
    assertThat(request.thrown(0)).isFalse();
    assertThat(request.thrown(1)).isTrue();
    assertThat(returned(cold, "text")).isEqualTo("text");
    assertThat(request.size()).isEqualTo(2);
  }

  @Test
  void aFutureIsTimedFromTheMethodOn() {
    CompletableFuture<String> source = new CompletableFuture<>();
    CompletableFuture<String> watched = returned(cold, source);
    assertThat(request.end(0)).isNegative();
    source.complete("done");

    assertThat(watched).isCompletedWithValue("done");
    assertThat(request.end(0)).isNotNegative();
    assertThat(request.notes()).contains("count", 1L);
  }

  /** What the application gets of a method that returns this. */
  @SuppressWarnings("unchecked")
  private <T> T returned(TimedPublisher hook, T result) {
    Object[] args = {"x"};
    Object state = hook.before(SITE, this, args);
    return (T) hook.after(SITE, state, this, args, result, null);
  }

  /** Something that is timed too. */
  private static String work() {
    Recorder.exit(Recorder.enter(INNER));
    return "done";
  }
}
