package dev.coldstart;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Who may know whom. The index names the library files, so nothing depends on them. */
class ArchitectureTest {
  private static final String OWN = "dev.coldstart.";
  private static final JavaClasses MAIN =
      new ClassFileImporter().importPaths("target/classes", "../bootstrap/target/classes");

  @Test
  void knowsOnlyWhatIsBelow() {
    onlyKnows("bootstrap");
    onlyKnows("phase");
    onlyKnows("report", "phase");
    onlyKnows("report.advice", "report", "phase");
    onlyKnows("report.html", "report", "phase");
    onlyKnows("report.pod", "report");
    onlyKnows("weave.code");
    onlyKnows("weave", "weave.code", "bootstrap", "phase");
    onlyKnows("weave.net", "weave", "bootstrap", "phase");
    onlyKnows("weave.store", "weave", "phase");
    onlyKnows("library", "weave", "weave.net", "weave.store", "bootstrap", "phase");
    onlyKnows("export", "report", "report.html", "phase");
    onlyKnows("measure", "report", "phase");
    onlyKnows("compare", "measure", "report", "phase");
    onlyKnows("agent", "bootstrap", "weave", "export", "report", "report.advice", "phase");
    // The agent's options and version; a bootstrap class tells where the jar is.
    onlyKnows(
        "cli",
        "measure",
        "compare",
        "agent",
        "weave",
        "export",
        "report",
        "report.html",
        "report.pod",
        "phase",
        "bootstrap");
    slices().matching(OWN + "(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void heavyLibrariesStayWhereTheyAreNeeded() {
    onlyIn("net.bytebuddy..", "weave", "weave.code", "cli");
    onlyIn("io.opentelemetry..", "export");
    onlyIn("org.HdrHistogram..", "export");
    onlyIn("jdk.jfr..", "export");
    onlyIn("org.apache.commons..", "compare");
    onlyIn("org.snakeyaml..", "measure");
  }

  @Test
  void libraryFilesStandAlone() {
    for (JavaClass type : MAIN.that(resideInAnyPackage(OWN + "library"))) {
      for (Dependency d : type.getDirectDependenciesFromSelf()) {
        boolean library = d.getTargetClass().getPackageName().equals(OWN + "library");
        assertThat(!library || file(d.getTargetClass()).equals(file(type))).as("%s", d).isTrue();
      }
    }
  }

  private static String file(JavaClass type) {
    return type.getName().replaceAll("[$].*", "");
  }

  /** The first package knows no other of ours than those that follow. */
  private static void onlyKnows(String... names) {
    String[] known = own(names);
    classes()
        .that(resideInAnyPackage(known[0]))
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackages("dev.coldstart..").or(resideInAnyPackage(known)))
        .check(MAIN);
  }

  private static void onlyIn(String library, String... names) {
    noClasses()
        .that(resideOutsideOfPackages(own(names)))
        .should()
        .dependOnClassesThat(resideInAnyPackage(library))
        .check(MAIN);
  }

  private static String[] own(String... names) {
    return Arrays.stream(names).map(name -> OWN + name).toArray(String[]::new);
  }
}
