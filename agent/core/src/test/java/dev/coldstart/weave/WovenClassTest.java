package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WovenClassTest {
  private static final String SHAPES = Shapes.class.getName();

  /** Returns what it is given and remembers all of it. */
  private static final class Seen extends Hook {
    final List<String> calls = new ArrayList<>();

    @Override
    public Object before(int site, Object self, Object[] args) {
      return args;
    }

    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      assertThat(state).isSameAs(args);
      StringBuilder call = new StringBuilder(self == null ? "-" : name(self));
      for (Object arg : args) {
        call.append(' ').append(arg == null ? null : name(arg));
      }
      call.append(" = ").append(result == null ? null : name(result));
      call.append(thrown == null ? "" : " ! " + thrown.getMessage());
      calls.add(call.toString());
      return result;
    }

    private static String name(Object value) {
      String name = value.getClass().getTypeName();
      return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }
  }

  private Trace request;

  @BeforeEach
  void begin() {
    request = Recorder.begin("GET", "/", null);
    Recorder.join(request);
  }

  @AfterEach
  void end() {
    Recorder.end(request);
    Recorder.taskDone();
    Recorder.drain();
  }

  static Stream<Arguments> waysToWeave() {
    BiFunction<String, String, Probe> time = WovenLoader.timing();
    BiFunction<String, String, Probe> read = WovenLoader.reading(new Seen());
    BiFunction<String, String, Probe> replace = WovenLoader.replacing(new Seen());
    return Stream.of(
        Arguments.of("time", List.of(time)),
        Arguments.of("read", List.of(read)),
        Arguments.of("replace", List.of(replace)),
        Arguments.of("time, read", List.of(time, read)),
        Arguments.of("read, time", List.of(read, time)),
        Arguments.of("read, read, replace", List.of(read, read, replace)),
        Arguments.of("time x 4", List.of(time, time, time, time)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("waysToWeave")
  void everyShapeBehavesAsBefore(String name, List<BiFunction<String, String, Probe>> probes)
      throws Exception {
    int failures = Hook.FAILURES.get();

    Object result = run(new WovenLoader(n -> n.startsWith(SHAPES), b -> b, probes));

    assertThat(result).isEqualTo(Shapes.run());
    assertThat(Hook.FAILURES.get()).isEqualTo(failures);
    assertThat(Recorder.join(request)).as("nothing is left open").isEqualTo(1);
    for (int i = 0; i < request.size(); i++) {
      assertThat(request.end(i)).isNotNegative();
    }
  }

  @Test
  void timesReturnsAndExceptions() throws Exception {
    run(new WovenLoader(n -> n.startsWith(SHAPES), b -> b, List.of(WovenLoader.timing())));

    assertThat(request.size()).isPositive();
    assertThat(request.site(0)).isEqualTo(WovenLoader.FIRST_SITE);
  }

  @Test
  void hooksSeeReceiverArgumentsResultAndException() throws Exception {
    Seen seen = new Seen();
    run(
        new WovenLoader(
            n -> n.startsWith(SHAPES),
            b -> b,
            List.of((t, m) -> Probe.read(t, t.equals(SHAPES) ? m : "no such method", seen))));

    assertThat(seen.calls)
        .contains(
            "Shapes Integer Long Double Float Byte Short Character Boolean String long[] = String",
            "- Long Double String[] = null",
            "Shapes = null",
            "Shapes Integer = null ! negative",
            "Shapes int[][] = int[][]",
            "- = String");
  }

  @Test
  void constructorsTellTheirReceiverAtTheEnd() throws Exception {
    Seen seen = new Seen();
    String derived = Shapes.Derived.class.getName();
    run(new WovenLoader(n -> n.startsWith(SHAPES), b -> b, List.of(only(derived, "<init>", seen))));

    assertThat(seen.calls)
        .contains("Derived Boolean Long Double = null", "Derived Integer = null", "Derived = null")
        .contains("- Integer = null ! own body refused")
        .noneMatch(call -> call.contains("super refused"));
  }

  @Test
  void aReplacementIsWhatTheCallerGets() throws Exception {
    Hook replacing =
        new Hook() {
          @Override
          public Object after(
              int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
            return result instanceof String s && s.equals("zero") ? "replaced" : result;
          }
        };
    WovenLoader loader =
        new WovenLoader(
            n -> n.startsWith(SHAPES), b -> b, List.of(WovenLoader.replacing(replacing)));

    assertThat(run(loader).toString()).isEqualTo(Shapes.run().replace("zero", "replaced"));
  }

  @Test
  void aReplacementThatDoesNotFitIsLeftOut() throws Exception {
    for (Object wrong : new Object[] {null, 17, new Object()}) {
      Hook replacing =
          new Hook() {
            @Override
            public Object after(
                int site, Object state, Object self, Object[] args, Object result, Throwable t) {
              return wrong;
            }
          };
      WovenLoader loader =
          new WovenLoader(
              n -> n.startsWith(SHAPES),
              b -> b,
              List.of(
                  (t, m) ->
                      Probe.read(t, t.equals(SHAPES) ? m : "no such method", replacing)
                          .replacingResult()));

      assertThat(run(loader)).isEqualTo(Shapes.run());
    }
  }

  @Test
  void bridgesAbstractAndNativeMethodsAreLeftAlone() throws Exception {
    WovenClass woven = new WovenClass(WovenLoader.bytes(Generic.class.getName()));
    String[] methods = {"compareTo", "missing", "open", "foreign"};
    for (int i = 0; i < methods.length; i++) {
      woven.want(Probe.read(Generic.class.getName(), methods[i], new Seen()), 1 + i);
    }
    assertThat(woven.find()).containsExactly(1);
    Seen seen = new Seen();
    WovenLoader loader =
        new WovenLoader(
            n -> n.startsWith(SHAPES.replace("Shapes", "WovenClassTest$")),
            b -> b,
            List.of(only(Generic.class.getName(), "compareTo", seen)));
    Class<?> copy = loader.loadClass(Concrete.class.getName());
    Constructor<?> constructor = copy.getDeclaredConstructor();
    constructor.setAccessible(true);
    @SuppressWarnings("unchecked")
    Comparable<Object> one = (Comparable<Object>) constructor.newInstance();
    assertThat(one.compareTo(constructor.newInstance())).isZero();
    assertThat(seen.calls).hasSize(1);
  }

  @Test
  void tellsMethodsThatAreOnlyDeclared() throws java.io.IOException {
    try (java.io.InputStream in = Comparable.class.getResourceAsStream("Comparable.class")) {
      WovenClass woven = new WovenClass(in.readAllBytes());
      woven.want(Probe.time("opening", "open", Comparable.class.getName(), "compareTo"), 3);

      assertThat(woven.find()).isEmpty();
      assertThat(woven.onlyDeclares(3)).isTrue();
      assertThat(woven.onlyDeclares(4)).isFalse();
    }
  }

  abstract static class Generic implements Comparable<Generic> {
    abstract void open();

    native void foreign();

    @Override
    public int compareTo(Generic other) {
      return 0;
    }
  }

  static final class Concrete extends Generic {
    Concrete() {}

    @Override
    void open() {}
  }

  private static BiFunction<String, String, Probe> only(String type, String method, Hook hook) {
    return (t, m) ->
        t.equals(type) && m.equals(method)
            ? Probe.read(t, m, hook)
            : Probe.read(t, "no such method", hook);
  }

  static Object run(WovenLoader loader) throws Exception {
    return loader.loadClass(SHAPES).getMethod("run").invoke(null);
  }

  static Object call(ClassLoader loader, String type, String method) throws Throwable {
    try {
      return loader.loadClass(type).getMethod(method).invoke(null);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Test
  void aMethodThatGrowsTooLargeIsRefusedHereAndNotByTheJvm() {
    byte[] large = MadeClass.withMethodOf(65_520);
    WovenClass woven = new WovenClass(large);
    woven.want(Probe.read(MadeClass.NAME, "large", new Seen()), 1);
    assertThat(woven.find()).containsExactly(1);

    assertThat(woven.weave()).isNull();
    assertThat(woven.sites()).isEmpty();
    assertThat(woven.leftAlone()).containsEntry("large", "it would be too large for the JVM");
  }

  /** HotSpot compiles no method of more than 8,000 bytes. */
  @Test
  void aMethodIsNotMadeTooLongForTheJit() {
    for (int size : new int[] {7_900, 7_980, 8_100}) {
      WovenClass woven = new WovenClass(MadeClass.withMethodOf(size));
      woven.want(Probe.read(MadeClass.NAME, "large", new Seen()), 1);
      woven.want(Probe.read(MadeClass.NAME, "run", new Seen()), 2);
      assertThat(woven.find()).containsExactlyInAnyOrder(1, 2);

      assertThat(woven.weave()).isNotNull();
      if (size == 7_980) {
        assertThat(woven.sites()).containsExactly(2);
        assertThat(woven.leftAlone())
            .containsEntry("large", "it would be too long for the JIT compiler");
      } else {
        assertThat(woven.sites()).containsExactlyInAnyOrder(1, 2);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void constructorsMayCallSuperInSeveralPlaces(boolean reading) throws Exception {
    Seen seen = new Seen();
    BiFunction<String, String, Probe> probe =
        reading ? WovenLoader.reading(seen) : WovenLoader.timing();
    WovenLoader loader =
        new WovenLoader(
            MadeClass.NAME::equals, b -> MadeClass.withTwoSuperCalls(), List.of(probe, probe));

    Constructor<?> constructor = loader.loadClass(MadeClass.NAME).getConstructor(int.class);
    assertThat(constructor.newInstance(0)).isNotNull();
    assertThat(constructor.newInstance(1)).isNotNull();
    if (reading) {
      assertThat(seen.calls).containsOnly("MadeClass Integer = null").hasSize(4);
    }
  }

  /** Optimizers use the place of an object that is not needed any more for something else. */
  @ParameterizedTest
  @MethodSource("ways")
  void aConstructorThatOverwritesItsObjectIsLeftAlone(boolean reading) throws Exception {
    byte[] bytes = MadeClass.overwritingThis();
    BiFunction<String, String, Probe> probe =
        reading ? WovenLoader.reading(new Seen()) : WovenLoader.timing();
    WovenClass woven = new WovenClass(bytes);
    woven.want(probe.apply(MadeClass.NAME, "<init>"), 1);

    assertThat(woven.find()).containsExactly(1);
    assertThat(woven.weave()).isNull();
    assertThat(woven.leftAlone()).containsEntry("<init>", "it overwrites its object");
    WovenLoader loader = new WovenLoader(MadeClass.NAME::equals, b -> bytes, List.of(probe));
    assertThat(loader.loadClass(MadeClass.NAME).getConstructor(int.class).newInstance(1))
        .isNotNull();
  }

  static Stream<Boolean> ways() {
    return Stream.of(true, false);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void classesOfEveryAgeAreVerified(int version, boolean reading) throws Throwable {
    UnaryOperator<byte[]> made = b -> MadeClass.ofVersion(version);
    BiFunction<String, String, Probe> probe =
        reading ? WovenLoader.reading(new Seen()) : WovenLoader.timing();
    WovenLoader loader = new WovenLoader(MadeClass.NAME::equals, made, List.of(probe, probe));

    assertThat(call(loader, MadeClass.NAME, "run")).isEqualTo(42L);
  }

  static Stream<Arguments> versions() {
    return Stream.of(46, 48, 49, 50, 51, 52, 55, 61)
        .flatMap(v -> Stream.of(Arguments.of(v, true), Arguments.of(v, false)));
  }

  /** Without this the tests above would prove nothing. */
  @Test
  void theVerifierIsOn() {
    UnaryOperator<byte[]> broken =
        b -> {
          ClassWriter withoutFrames = new ClassWriter(0);
          new ClassReader(MadeClass.ofVersion(52)).accept(withoutFrames, ClassReader.SKIP_FRAMES);
          return withoutFrames.toByteArray();
        };
    WovenLoader loader = new WovenLoader(MadeClass.NAME::equals, broken, List.of());

    assertThatThrownBy(() -> call(loader, MadeClass.NAME, "run")).isInstanceOf(VerifyError.class);
  }

  @Test
  void longJumpsStillReach() throws Throwable {
    UnaryOperator<byte[]> made = b -> MadeClass.withMethodOf(32_760);
    WovenLoader loader =
        new WovenLoader(MadeClass.NAME::equals, made, List.of(WovenLoader.reading(new Seen())));

    assertThat(call(loader, MadeClass.NAME, "run")).isEqualTo(3);
  }
}
