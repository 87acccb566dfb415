package dev.coldstart.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.weave.Index;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.LibraryFacts;
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
}
