package dev.coldstart.demo.backends;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A user of an agent service: asks one question after another and notes, with its own clock, when
 * the first word of each answer came.
 */
@Command(
    name = "visitor",
    mixinStandardHelpOptions = true,
    description = "Asks an agent service questions and tells when each answer began.")
final class Visitor implements Callable<Integer> {
  private static final int TIMEOUT_MILLIS = 300_000;

  @Parameters(paramLabel = "URL", description = "http://127.0.0.1:PORT of the service")
  private URI service;

  @Option(names = "--warm", defaultValue = "20", description = "Questions after the first one")
  private int warm;

  @Option(names = "--out", description = "Write one JSON line for each answer")
  private Path out;

  public static void main(String[] args) {
    System.exit(new CommandLine(new Visitor()).execute(args));
  }

  /** One answer; times are {@link System#nanoTime()}. */
  record Answer(int status, long sentNanos, long firstWordNanos, long endNanos, String text) {}

  @Override
  public Integer call() throws IOException {
    // Loads what this client needs, so that its own cold start is not in the first answer's time.
    ask("/health");
    StringBuilder lines = new StringBuilder();
    boolean good = true;
    for (int i = 0; i <= warm; i++) {
      Answer answer = ask("/chat?q=Where+is+my+order+A-1001%3F");
      good &= answer.status() == 200 && answer.firstWordNanos() != 0;
      if (i < 2 || i == warm) {
        System.out.printf(
            Locale.ROOT,
            "%s answer: HTTP %d, first word after %.0f ms, complete after %.0f ms%n",
            i == 0 ? "first" : i == warm ? "last " : "next ",
            answer.status(),
            millis(answer.sentNanos(), answer.firstWordNanos()),
            millis(answer.sentNanos(), answer.endNanos()));
      }
      lines.append(StandInServer.JSON.writeValueAsString(line(i, answer))).append('\n');
    }
    if (out != null) {
      try (PrintWriter writer = new PrintWriter(out.toFile(), StandardCharsets.UTF_8)) {
        writer.print(lines);
      }
    }
    return good ? 0 : 1;
  }

  private Answer ask(String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) service.resolve(path).toURL().openConnection();
    connection.setReadTimeout(TIMEOUT_MILLIS);
    long sent = System.nanoTime();
    int status = connection.getResponseCode();
    long firstWord = 0;
    StringBuilder text = new StringBuilder();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                status < 400 ? connection.getInputStream() : connection.getErrorStream(),
                StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("data:") && firstWord == 0) {
          firstWord = System.nanoTime();
        }
        text.append(line).append('\n');
      }
    }
    return new Answer(status, sent, firstWord, System.nanoTime(), text.toString());
  }

  private static Map<String, Object> line(int number, Answer answer) {
    return new TreeMap<>(
        Map.of(
            "request", number,
            "status", answer.status(),
            "sent_ns", answer.sentNanos(),
            "first_word_ns", answer.firstWordNanos(),
            "end_ns", answer.endNanos(),
            "text", answer.text()));
  }

  private static double millis(long from, long to) {
    return (to - from) / 1e6;
  }
}
