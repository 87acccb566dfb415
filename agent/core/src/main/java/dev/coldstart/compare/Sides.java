package dev.coldstart.compare;

import dev.coldstart.measure.BadInput;
import dev.coldstart.measure.Condensed;
import dev.coldstart.measure.InputText;
import dev.coldstart.measure.Reports;
import dev.coldstart.measure.Samples;
import dev.coldstart.measure.Samples.Inside;
import dev.coldstart.measure.Samples.PhaseNanos;
import dev.coldstart.measure.Samples.Request;
import dev.coldstart.measure.Samples.Run;
import dev.coldstart.measure.Samples.Variant;
import dev.coldstart.measure.Samples.Visit;
import dev.coldstart.measure.SamplesJson;
import dev.coldstart.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads what is to be compared: {@code samples.json}, {@code samples.json#variant}, a folder of
 * reports, or reports separated by commas.
 */
public final class Sides {
  /** Every pair of runs is looked at. */
  private static final int MAX_RUNS = 1_000;

  /** Many times what so many runs have. */
  private static final int MAX_BYTES = 64 << 20;

  private static final String WHICH = "name samples of \"measure\", or reports of the agent";
  private static final long MAX_NANOS = 1L << 53;
  private static final int SCHEMA_WITHIN = 500;
  private static final Pattern REPORT = Pattern.compile("\"schema\"\\s*:\\s*\"coldstart\\.report/");

  /** One operand, one side. */
  public static Side read(String operand) {
    int hash = operand.lastIndexOf('#');
    if (hash > 0) {
      Path file = Path.of(operand.substring(0, hash));
      return variant(file, samples(file), operand.substring(hash + 1));
    }
    List<Path> files = files(operand);
    if (files.size() > 1 || Files.isDirectory(Path.of(operand)) || isReport(files.get(0))) {
      return ofReports(operand, files);
    }
    Samples samples = samples(files.get(0));
    if (samples.variants().size() != 1) {
      throw new BadInput(
          operand + " has several variants: name one as " + operand + "#" + names(samples));
    }
    return variant(files.get(0), samples, samples.variants().get(0).name());
  }

  /** The two variants of one samples file, base first. */
  public static List<Side> readBoth(String operand) {
    Path file = Path.of(operand);
    Samples samples = samples(file);
    if (samples.variants().size() != 2) {
      throw new BadInput(
          operand
              + " has "
              + samples.variants().size()
              + " variants, two are compared: name a base and a new one, FILE#VARIANT FILE#VARIANT"
              + (samples.variants().isEmpty() ? "" : " (" + names(samples) + ")"));
    }
    return of(samples);
  }

  /** Each variant of a measurement. */
  public static List<Side> of(Samples samples) {
    List<Side> sides = new ArrayList<>();
    for (Variant variant : samples.variants()) {
      sides.add(new Side(variant.name(), samples.environment(), runs(samples, variant.name())));
    }
    return sides;
  }

  private static Side variant(Path file, Samples samples, String name) {
    if (samples.variants().stream().noneMatch(variant -> variant.name().equals(name))) {
      throw new BadInput(file + " has no variant " + name + "; there are " + names(samples));
    }
    String label = file.getFileName() + (samples.variants().size() == 1 ? "" : "#" + name);
    return checked(new Side(label, samples.environment(), runs(samples, name)), file.toString());
  }

  private static List<Run> runs(Samples samples, String variant) {
    return samples.runs().stream().filter(run -> run.variant().equals(variant)).toList();
  }

  private static Side ofReports(String operand, List<Path> files) {
    List<Run> runs = new ArrayList<>();
    for (Path file : files) {
      RunReport report = Reports.report(file);
      Run run =
          new Run(
              report.service(),
              runs.size() + 1,
              "ok",
              null,
              0,
              null,
              null,
              null,
              null,
              List.of(),
              Condensed.of(report));
      check(file, run);
      runs.add(run);
    }
    return checked(new Side(operand, null, runs), operand);
  }

  private static Side checked(Side side, String what) {
    if (side.size() == 0) {
      throw new BadInput(what + " has no run that succeeded: measure again");
    }
    if (side.size() > MAX_RUNS) {
      throw new BadInput(
          what + " has " + side.size() + " runs, at most " + MAX_RUNS + " are compared");
    }
    return side;
  }

  private static List<Path> files(String operand) {
    Path path = Path.of(operand);
    try {
      List<Path> files = new ArrayList<>();
      if (Files.isDirectory(path)) {
        files.addAll(Reports.files(path));
      } else if (Files.exists(path)) {
        files.add(path);
      } else {
        for (String name : operand.split(",", -1)) {
          files.add(Path.of(name));
        }
      }
      if (files.isEmpty()) {
        throw new BadInput(operand + " has no reports: name a folder with <service>-<pid>.json");
      }
      return files;
    } catch (IOException e) {
      throw new BadInput("cannot read the folder " + operand, e);
    }
  }

  private static boolean isReport(Path file) {
    String text = InputText.read(file, MAX_BYTES, WHICH);
    return REPORT.matcher(text.substring(0, Math.min(text.length(), SCHEMA_WITHIN))).find();
  }

  private static Samples samples(Path file) {
    try {
      Samples samples = SamplesJson.read(InputText.read(file, MAX_BYTES, WHICH));
      samples.runs().forEach(run -> check(file, run));
      return samples;
    } catch (IllegalArgumentException e) {
      throw new BadInput(file + ": " + e.getMessage(), e);
    }
  }

  private static String names(Samples samples) {
    return String.join(", ", samples.variants().stream().map(Variant::name).toList());
  }

  /** Whoever wrote the file, a time is a time. */
  private static void check(Path file, Run run) {
    if (run == null) {
      throw new BadInput(file + " has a run that is null: it was not written by Coldstart");
    }
    time(file, run.readyNanos());
    time(file, run.cpuNanos());
    visit(file, run.first());
    run.warm().forEach(visit -> visit(file, visit));
    Inside report = run.report();
    if (report != null) {
      time(file, report.readyNanos());
      phases(file, report.startup());
      request(file, report.cold());
      request(file, report.warm());
    }
  }

  private static void visit(Path file, Visit visit) {
    if (visit != null) {
      time(file, visit.wallNanos());
      time(file, visit.firstByteNanos());
      time(file, visit.firstContentNanos());
    }
  }

  private static void request(Path file, Request request) {
    if (request != null) {
      time(file, request.wallNanos());
      time(file, request.ttftNanos());
      phases(file, request.phases());
    }
  }

  private static void phases(Path file, List<PhaseNanos> phases) {
    phases.forEach(phase -> time(file, phase.exclusiveNanos()));
  }

  private static void time(Path file, Long nanos) {
    if (nanos != null && (nanos < 0 || nanos > MAX_NANOS)) {
      throw new BadInput(file + " has a time of " + nanos + " ns: it was not written by Coldstart");
    }
  }

  private Sides() {}
}
