package dev.coldstart.export;

import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Calls several exporters; one that fails is dropped with one line and the others go on. */
public final class Exporters implements Exporter {
  private final List<Exporter> exporters;
  private final Consumer<String> warnings;

  /**
   * @param warnings takes one line without line break
   */
  public Exporters(List<Exporter> exporters, Consumer<String> warnings) {
    this.exporters = new CopyOnWriteArrayList<>(exporters);
    this.warnings = warnings;
  }

  @Override
  public void request(RequestReport request, boolean kept) {
    each(exporter -> exporter.request(request, kept));
  }

  @Override
  public void report(RunReport report) {
    each(exporter -> exporter.report(report));
  }

  @Override
  public void close(long budgetNanos) {
    long deadline = System.nanoTime() + budgetNanos;
    each(exporter -> exporter.close(Math.max(0, deadline - System.nanoTime())));
  }

  @Override
  public void outOfTime() {
    exporters.forEach(Exporter::outOfTime);
  }

  private void each(Consumer<Exporter> call) {
    for (Exporter exporter : List.copyOf(exporters)) {
      try {
        call.accept(exporter);
      } catch (RuntimeException | LinkageError | StackOverflowError e) {
        exporters.remove(exporter);
        String name = exporter.getClass().getSimpleName();
        warnings.accept("export " + name + " failed and is off from here on: " + e);
      }
    }
  }
}
