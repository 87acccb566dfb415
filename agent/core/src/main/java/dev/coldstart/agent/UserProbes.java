package dev.coldstart.agent;

import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The methods a user asked for: those that handle a request ({@code requests=}) and those to time
 * ({@code probes=}, a file described in {@code docs/user-probes.md}). What cannot be used costs one
 * line on stderr, and the rest is used. Runs in premain: nothing here uses regex, string
 * formatting, NIO files or lambdas.
 */
final class UserProbes implements Library {
  private static final int MAX = 1_000;

  private final List<Probe> probes = new ArrayList<>();
  private final Set<String> timed = new HashSet<>();
  private boolean tooMany;
  private int wrongRequests;

  UserProbes(Settings settings) {
    // Before the timing ones: a method that is both is timed inside its own request.
    for (String method : settings.list(Option.REQUESTS)) {
      request(method);
    }
    if (wrongRequests >= TextFile.MAX_WRONG) {
      TextFile.tooMany("option requests");
    }
    String path = settings.text(Option.PROBES);
    if (!path.isEmpty()) {
      List<String> lines = TextFile.lines(Option.PROBES, path);
      int left = TextFile.MAX_WRONG;
      for (int i = 0; i < lines.size() && left > 0; i++) {
        ProbeLine line = ProbeLine.of(lines.get(i));
        String wrong = line == null ? null : take(line);
        if (wrong != null) {
          String place = AgentLog.printable(path, TextFile.MAX_PATH) + ":" + (i + 1);
          AgentLog.line(place + ": " + wrong + "; this line is left out");
          if (--left == 0) {
            TextFile.tooMany("probes");
          }
        }
      }
    }
  }

  @Override
  public String name() {
    return "user";
  }

  @Override
  public String testedVersions() {
    return "-";
  }

  @Override
  public List<Probe> probes() {
    return List.copyOf(probes);
  }

  private void request(String method) {
    String wrong = ProbeLine.wrongMethod(method);
    if (wrong != null) {
      wrongRequests++;
      if (wrongRequests <= TextFile.MAX_WRONG) {
        AgentLog.line("option requests: " + wrong + "; it is left out");
      }
    } else if (probes.size() < MAX) {
      int hash = method.indexOf('#');
      probes.add(Probe.request(method.substring(0, hash), method.substring(hash + 1)));
    }
  }

  /** Takes a line. Returns what is wrong with it, null if nothing. */
  private String take(ProbeLine line) {
    String wrong = line.wrong();
    if (wrong == null && !timed.add(line.target())) {
      wrong = line.target() + " is in an earlier line; keep one of them";
    }
    if (wrong != null || tooMany) {
      return wrong;
    }
    if (probes.size() >= MAX) {
      tooMany = true;
      return "more than " + MAX + " probes; shorten the file, what follows is left out";
    }
    Probe probe = Probe.asked(line.phase(), line.span(), line.type(), line.method(), line.label());
    probes.add(line.subtypes() ? probe.inSubtypes() : probe);
    return null;
  }
}
