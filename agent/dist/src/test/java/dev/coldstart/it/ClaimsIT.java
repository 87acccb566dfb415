package dev.coldstart.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Index;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.LibraryFacts;
import dev.coldstart.weave.Probe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code probes} prints is what the library files say, and none of it is untested. */
class ClaimsIT {
  @TempDir private Path folder;

  @Test
  void nothingIsClaimedThatIsNotTested() throws Exception {
    List<String> untested = new ArrayList<>();
    for (Library library : Index.read(Set.of()).libraries()) {
      untested.addAll(Claims.untested(library));
    }
    assertThat(untested).as(String.join("\n", untested)).isEmpty();
  }

  @Test
  void whatIsNotTestedIsFound() throws Exception {
    assertThat(Claims.untested(new Untested()))
        .singleElement()
        .asString()
        .isEqualTo(
            "library/Untested.java has no test: write UntestedIT.java in dev.coldstart.it.library");
    assertThat(Claims.untested(new Netty()))
        .satisfiesExactly(
            jdk -> assertThat(jdk).contains("claims 4.1.138, 99.1 (JDK 17): its test has to run"),
            version -> assertThat(version).contains("claims 99.1: no jar", "[netty, netty2]"),
            phase ->
                assertThat(phase).contains("the phase embedding", "\"embedding\", \"vectors\""),
            name -> assertThat(name).contains("woven at all", "\"never-woven\""));
  }

  @Test
  void theJarPrintsWhatIsClaimed() throws Exception {
    ForkedApp.Ended ended =
        AgentRun.on(Jdks.any(), folder).tool("java", "-jar", AgentRun.JAR.toString(), "probes");
    assertThat(ended.exit()).as(ended.err()).isZero();
    String printed = ended.out().replaceAll("\\s+", " ");
    for (Library library : Index.read(Set.of()).libraries()) {
      LibraryFacts facts = LibraryFacts.of(library);
      assertThat(printed)
          .contains(facts.name() + " tested " + facts.testedVersions())
          .contains("records " + String.join(", ", facts.records()))
          .contains("types " + String.join(", ", facts.types()));
    }
  }

  private static class Untested implements Library {
    @Override
    public String name() {
      return "never-woven";
    }

    @Override
    public String testedVersions() {
      return "4.1.138, 99.1 (JDK 17)";
    }

    @Override
    public List<Probe> probes() {
      return List.of(
          Probe.time(
              Phase.EMBEDDING,
              "vectors",
              "io.netty.util.concurrent.SingleThreadEventExecutor",
              "none"));
    }
  }

  /** As if the library of this name claimed more. */
  private static final class Netty extends Untested {}
}
