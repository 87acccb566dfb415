package dev.coldstart.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.RunReport;
import dev.coldstart.report.Sample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportersTest {
  private final List<String> warnings = new ArrayList<>();
  private int reports;

  @Test
  void dropsTheOneThatFailsAndGoesOnWithTheOthers() {
    Exporter broken =
        new Exporter() {
          @Override
          public void report(RunReport report) {
            throw new NoClassDefFoundError("gone");
          }
        };
    Exporter fine =
        new Exporter() {
          @Override
          public void report(RunReport report) {
            reports++;
          }
        };
    Exporters exporters = new Exporters(List.of(broken, fine), warnings::add);

    exporters.report(Sample.report("cold"));
    exporters.report(Sample.report("cold"));
    exporters.close(1);

    assertThat(reports).isEqualTo(2);
    assertThat(warnings).hasSize(1);
  }
}
