package dev.coldstart.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlFileTest {
  @TempDir Path temp;

  private final List<String> warnings = new ArrayList<>();

  @Test
  void isWrittenWhenARequestIsAddedAndAtTheEnd() throws IOException {
    HtmlFile html = new HtmlFile(new ReportDir(temp, "s", 1, warnings::add));
    Path file = temp.resolve("s-1.html");

    html.report(Sample.report("cold"));
    assertThat(file).content().startsWith("<!DOCTYPE html>").contains("travel-agent");
    Files.delete(file);
    html.report(Sample.report("blocking"));
    assertThat(file).as("as many requests as before").doesNotExist();
    html.close(1);
    assertThat(file).content().contains("/agents/{id}/run");
    Files.delete(file);
    html.close(1);
    assertThat(file).as("nothing new").doesNotExist();
    html.report(Sample.report("warm"));
    assertThat(file).content().contains("s-1.json");
    assertThat(warnings).isEmpty();
  }

  @Test
  void writesNothingWithoutAReport() {
    new HtmlFile(new ReportDir(temp, "s", 1, warnings::add)).close(1);

    assertThat(temp).isEmptyDirectory();
  }
}
