package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IndexTest {
  private final List<Library> files;

  IndexTest() throws Exception {
    files = IndexWriter.libraries(Path.of("target/classes"));
  }

  @Test
  void holdsEveryTypeOfEveryLibraryFile() throws Exception {
    Index index = Index.read(Set.of());

    assertThat(index.libraryNames())
        .containsExactly(files.stream().map(Library::name).toArray(String[]::new));
    Set<String> types = new HashSet<>();
    for (int i = 0; i < files.size(); i++) {
      for (Probe probe : files.get(i).probes()) {
        for (String type : probe.types()) {
          String internal = type.replace('.', '/');
          types.add(internal);
          assertThat(index.librariesOf(internal)).as(type).contains((byte) i);
        }
      }
    }
    assertThat(index.types()).isEqualTo(types);
    assertThat(index.librariesOf("java/lang/String")).isNull();
  }

  @Test
  void givesEachProbeASiteOfItsOwnThatTellsWhatItTimes() throws Exception {
    Index index = Index.read(Set.of());
    int next = Sites.FIRST;
    for (int i = 0; i < files.size(); i++) {
      Probe[] probes = index.probes(i);
      assertThat(index.name(i)).isEqualTo(files.get(i).name());
      assertThat(index.firstSite(i)).isEqualTo(next);
      assertThat(probes).hasSameSizeAs(files.get(i).probes());
      for (int p = 0; p < probes.length; p++) {
        String phase = probes[p].phase();
        assertThat(Sites.phase(next + p)).isEqualTo(phase == null ? "unknown" : phase);
      }
      next += probes.length;
      assertThat(index.probes(i)).isSameAs(probes);
    }
    assertThat(next).isLessThan(Short.MAX_VALUE);
  }

  @Test
  void leavesDisabledLibrariesOut() throws Exception {
    Set<String> all = new HashSet<>();
    files.forEach(f -> all.add(f.name()));
    assertThat(Index.read(all).types()).isEmpty();

    Index without = Index.read(Set.of("hikaricp"));
    assertThat(without.types()).noneMatch(type -> type.contains("hikari")).isNotEmpty();
    assertThat(without.libraryNames()).contains("hikaricp");
  }

  @Test
  void probesOfAUserFollowThoseOfTheBuild() throws Exception {
    Index index = Index.read(Set.of());
    String known = files.get(0).probes().get(0).types().get(0);
    byte[] before = index.librariesOf(known.replace('.', '/'));
    Probe own = Probe.time("rerank", "own", "com.acme.Own", "run");
    Probe twice = Probe.time("rerank_2", "twice", "com.acme.Own", "walk");
    Probe shared = Probe.time("more", "shared", known, "own");
    int number = files.size();
    index.add(new User(List.of(own, twice, shared)));

    assertThat(index.librariesOf("com/acme/Own")).containsExactly(number);
    byte[] after = index.librariesOf(known.replace('.', '/'));
    assertThat(after).startsWith(before).endsWith((byte) number).hasSize(before.length + 1);
    assertThat(index.probes(number)).containsExactly(own, twice, shared);
    int last = number - 1;
    assertThat(index.firstSite(number))
        .isEqualTo(index.firstSite(last) + index.probes(last).length);
    assertThat(Sites.phase(index.firstSite(number) + 1)).isEqualTo("rerank_2");
    assertThat(Sites.span(index.firstSite(number))).isEqualTo("own");
    assertThat(index.name(number)).isEqualTo("user");
    assertThat(index.libraryNames()).hasSize(number);
  }

  private record User(List<Probe> probes) implements Library {
    @Override
    public String name() {
      return "user";
    }

    @Override
    public String testedVersions() {
      return "-";
    }
  }

  @Test
  void listsOneOfEachLibraryFile() throws Exception {
    assertThat(Index.read(Set.of()).libraries())
        .extracting(Library::name)
        .containsExactlyElementsOf(files.stream().map(Library::name).toList());
  }

  @Test
  void namesAreFitForDisable() {
    assertThat(files).extracting(Library::name).doesNotHaveDuplicates();
    assertThat(files).allMatch(f -> f.name().matches("[a-z0-9-]+"));
    assertThat(files).noneMatch(f -> f.testedVersions().isBlank());
  }
}
