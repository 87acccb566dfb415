package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A second start takes what the first one wove, and only if nobody else can have made it. */
class WovenCacheTest {
  private static final String POOL = "java/util/concurrent/ThreadPoolExecutor";
  private static final String FUTURE = "java/util/concurrent/CompletableFuture$UniApply";
  private static final String JOIN = "java/util/concurrent/ForkJoinTask";
  private static final List<String> ALL = List.of(POOL, FUTURE, JOIN);

  /** A class with probes in which no method has the expected name. */
  private static final String STRANGE = "com/zaxxer/hikari/pool/PoolBase";

  private static final int SOMEBODY = 54_321;

  @TempDir private Path folder;
  private Path dir;
  private int user;

  @BeforeEach
  void begin() throws IOException {
    dir = folder.resolve("cache");
    user = (Integer) Files.getAttribute(folder, "unix:uid");
  }

  @Test
  void aSecondRunTakesTheSameBytesFromTheFile() throws IOException {
    Run first = new Run(Set.of());
    List<byte[]> woven = first.weaveAll();
    assertThat(first.cache.hits()).isZero();
    first.cache.save();

    Run second = new Run(Set.of());
    List<byte[]> again = second.weaveAll();
    assertThat(second.cache.hits()).isEqualTo(ALL.size());
    assertThat(second.cache.isStale()).isFalse();
    assertThat(second.weaver.libraries()).isEqualTo(first.weaver.libraries()).isNotEmpty();
    for (int i = 0; i < ALL.size(); i++) {
      assertThat(again.get(i)).isEqualTo(woven.get(i)).isNotEqualTo(bytes(ALL.get(i)));
    }
    assertThat(new Run(null).weaveAll()).as("without a cache").containsExactlyElementsOf(woven);
  }

  @Test
  void aClassThatWasLeftAsItIsWarnsAgain() throws IOException {
    byte[] strange = strange();
    Run first = new Run(Set.of());
    assertThat(first.weave(STRANGE, strange)).isNull();
    first.cache.save();

    Run second = new Run(Set.of());
    assertThat(second.weave(STRANGE, strange)).isNull();
    assertThat(second.cache.hits()).isEqualTo(1);
    assertThat(second.weaver.warnings())
        .isEqualTo(first.weaver.warnings())
        .singleElement()
        .asString()
        .contains("found none of the expected methods in com.zaxxer.hikari.pool.PoolBase");
  }

  @Test
  void anotherVersionOfAClassIsAnotherClass() throws IOException {
    saved();
    Run run = new Run(Set.of());
    byte[] other = bytes(POOL);
    // The minor version.
    other[5] = 1;
    assertThat(run.weave(POOL, other)).isNotNull();
    assertThat(run.cache.hits()).isZero();
    assertThat(run.weaver.warnings()).isEmpty();
  }

  @Test
  void otherOptionsAreAnotherFile() throws IOException {
    saved();
    Run run = new Run(Set.of("hikaricp"));
    run.weaveAll();
    assertThat(run.cache.hits()).isZero();
    run.cache.save();
    assertThat(files()).hasSize(2);
    assertThat(run.weaver.warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty", "cut", "longer", "magic", "key", "table"})
  void aDamagedFileIsWovenAnewAndReplaced(String damage) throws IOException {
    Path file = saved();
    byte[] good = Files.readAllBytes(file);
    byte[] bad =
        switch (damage) {
          case "empty" -> new byte[0];
          case "cut" -> java.util.Arrays.copyOf(good, good.length - 100);
          case "longer" -> java.util.Arrays.copyOf(good, good.length + 1);
          case "magic" -> flipped(good, 0);
          case "key" -> flipped(good, 9);
          default -> flipped(good, 40);
        };
    Files.write(file, bad);

    Run run = new Run(Set.of());
    assertThat(run.weaveAll()).doesNotContainNull();
    assertThat(run.cache.hits()).isZero();
    assertThat(run.weaver.warnings()).singleElement().asString().contains("is damaged");
    run.cache.save();
    assertThat(hitsOfNextRun()).isEqualTo(ALL.size());
  }

  @Test
  void aDamagedEntryCostsOnlyItself() throws IOException {
    Path file = saved();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, flipped(bytes, bytes.length - 10));

    Run run = new Run(Set.of());
    assertThat(run.weaveAll()).containsExactlyElementsOf(new Run(null).weaveAll());
    assertThat(run.cache.hits()).isEqualTo(ALL.size() - 1);
    assertThat(run.weaver.warnings()).singleElement().asString().contains("damaged entry");
    run.cache.save();
    assertThat(hitsOfNextRun()).isEqualTo(ALL.size());
  }

  @Test
  void whatItMakesBelongsToItsOwnerOnly() throws IOException {
    Path file = saved();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void inADirectoryForEverybodyOthersMayRead() throws IOException {
    Files.createDirectory(dir);
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(saved())))
        .isEqualTo("rw-r--r--");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwx---", "rwx----w-", "rwxrwxrwx"})
  void aPlaceOthersMayWriteIsNotTrusted(String permissions) throws IOException {
    saved();
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString(permissions));
    refused("others may write its directory");
  }

  @Test
  void aFileOthersMayWriteIsNotTrusted() throws IOException {
    Files.setPosixFilePermissions(saved(), PosixFilePermissions.fromString("rw-rw-rw-"));
    refused("others may write its file");
  }

  @Test
  void whatBelongsToAnotherUserIsNotTrusted() throws IOException {
    Path file = saved();
    if (user == 0) {
      Files.setAttribute(file, "unix:uid", SOMEBODY);
      refused("its file belongs to another user");
      Files.setAttribute(dir, "unix:uid", SOMEBODY);
    } else {
      user = SOMEBODY;
    }
    refused("its directory belongs to another user");
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    saved();
    Path real = folder.resolve("real");
    Files.move(dir, real);
    Files.createSymbolicLink(dir, real);
    refused("its directory is a link");
  }

  @Test
  void aDirectoryThatCannotBeMadeIsNewsOnlyIfAskedFor() throws IOException {
    dir = Files.createFile(folder.resolve("file")).resolve("cache");
    for (boolean asked : new boolean[] {false, true}) {
      Run run = new Run(Set.of(), asked);
      assertThat(run.weaveAll()).doesNotContainNull();
      run.cache.save();
      assertThat(run.weaver.warnings()).hasSize(asked ? 1 : 0);
    }
  }

  @Test
  void anUnknownUserHasNoCache() throws IOException {
    user = -1;
    Run run = new Run(Set.of());
    run.weaveAll();
    run.cache.save();
    assertThat(dir).doesNotExist();
    assertThat(run.weaver.warnings()).isEmpty();
  }

  @Test
  void processesWriteAtTheSameTime() throws Exception {
    ExecutorService processes = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> runs = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String one = ALL.get(i % ALL.size());
        runs.add(
            processes.submit(
                () -> {
                  Run run = new Run(Set.of());
                  assertThat(run.weave(one, bytes(one))).isNotNull();
                  run.cache.save();
                  assertThat(run.weaver.warnings()).isEmpty();
                  return null;
                }));
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } finally {
      processes.shutdownNow();
    }
    assertThat(files()).hasSize(1);
    // Whoever came last kept what it found; what two wrote at once is written by the next.
    Run next = new Run(Set.of());
    next.weaveAll();
    assertThat(next.cache.hits()).isPositive();
    next.cache.save();
    assertThat(hitsOfNextRun()).isEqualTo(ALL.size());
  }

  @Test
  void oldFilesAreTidiedAway() throws IOException {
    Path file = saved();
    for (int i = 0; i < 12; i++) {
      made("woven-" + i + ".bin", i * 24);
    }
    made("woven-aged.bin", 31 * 24);
    made("woven-dead.tmp", 2);
    made("woven-young.tmp", 0);
    made("other.bin", 31 * 24);
    Run run = new Run(Set.of());
    run.weave(STRANGE, strange());
    run.cache.save();
    assertThat(files())
        .contains(file.getFileName().toString(), "woven-0.bin", "woven-6.bin", "woven-young.tmp")
        .contains("other.bin")
        .doesNotContain("woven-7.bin", "woven-11.bin", "woven-aged.bin", "woven-dead.tmp");
  }

  private void made(String name, int hoursAgo) throws IOException {
    Files.setLastModifiedTime(
        Files.createFile(dir.resolve(name)),
        FileTime.from(Instant.now().minus(hoursAgo, ChronoUnit.HOURS)));
  }

  /** Runs once and returns the file it leaves. */
  private Path saved() throws IOException {
    Run run = new Run(Set.of());
    run.weaveAll();
    run.cache.save();
    assertThat(run.weaver.warnings()).isEmpty();
    assertThat(files()).hasSize(1);
    return dir.resolve(files().get(0));
  }

  private void refused(String why) throws IOException {
    List<FileTime> before = List.of(Files.getLastModifiedTime(dir, LinkOption.NOFOLLOW_LINKS));
    Run run = new Run(Set.of());
    assertThat(run.weaveAll()).containsExactlyElementsOf(new Run(null).weaveAll());
    assertThat(run.cache.hits()).isZero();
    assertThat(run.weaver.warnings()).singleElement().asString().contains(why);
    if (why.contains("directory")) {
      run.cache.save();
      assertThat(run.weaver.warnings()).hasSize(1);
      assertThat(List.of(Files.getLastModifiedTime(dir, LinkOption.NOFOLLOW_LINKS)))
          .isEqualTo(before);
    }
  }

  private int hitsOfNextRun() throws IOException {
    Run run = new Run(Set.of());
    run.weaveAll();
    assertThat(run.weaver.warnings()).isEmpty();
    return run.cache.hits();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(dir)) {
      return all.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] copy = bytes.clone();
    copy[at] ^= 0x10;
    return copy;
  }

  private static byte[] strange() {
    ClassWriter type = new ClassWriter(0);
    type.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, STRANGE, null, "java/lang/Object", null);
    type.visitEnd();
    return type.toByteArray();
  }

  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = Object.class.getResourceAsStream("/" + name + ".class")) {
      return in.readAllBytes();
    }
  }

  /** A process. */
  private final class Run {
    final WovenCache cache;
    final Weaver weaver;

    /**
     * With some libraries disabled.
     *
     * @param disabled null: without a cache
     */
    Run(Set<String> disabled) throws IOException {
      this(disabled, true);
    }

    Run(Set<String> disabled, boolean asked) throws IOException {
      Index index = Index.read(disabled == null ? Set.of() : disabled);
      cache =
          disabled == null
              ? WovenCache.off()
              : WovenCache.in(dir.toFile(), asked, () -> user, index);
      weaver = new Weaver(index, cache, () -> {});
      weaver.activate();
    }

    byte[] weave(String name, byte[] bytes) {
      return weaver.transform(null, null, name, null, null, bytes);
    }

    List<byte[]> weaveAll() throws IOException {
      List<byte[]> all = new ArrayList<>();
      for (String name : ALL) {
        all.add(weave(name, bytes(name)));
      }
      return all;
    }
  }
}
