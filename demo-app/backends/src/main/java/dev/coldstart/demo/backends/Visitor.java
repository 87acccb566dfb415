package dev.coldstart.demo.backends;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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
  private static final String QUESTION = "/chat?q=Where+is+my+order+A-1001%3F";
  private static final int TIMEOUT_MILLIS = 300_000;

  @Parameters(paramLabel = "URL", description = "http://127.0.0.1:PORT of the service")
  private URI service;

  @Option(names = "--warm", defaultValue = "20", description = "Questions after the first one")
  private int warm;

  @Option(
      names = "--concurrent",
      defaultValue = "1",
      description = "First questions, all asked at once (default: ${DEFAULT-VALUE})")
  private int concurrent;

  @Option(
      names = "--pause-s",
      description = "Ask one more question at the end, after a pause of so many seconds")
  private Double pauseSeconds;

  @Option(names = "--out", description = "Write one JSON line for each answer")
  private Path out;

  public static void main(String[] args) {
    System.exit(new CommandLine(new Visitor()).execute(args));
  }

  /** One answer; times are {@link System#nanoTime()}. */
  record Answer(int status, long sentNanos, long firstWordNanos, long endNanos, String text) {
    boolean good() {
      return status == 200 && firstWordNanos != 0;
    }
  }

  @Override
  public Integer call() throws Exception {
    // Loads what this client needs, so that its own cold start is not in the first answer's time.
    ask("/health");
    List<Answer> answers = new ArrayList<>(askAtOnce());
    show("first", answers.get(0));
    for (int i = 1; i <= warm; i++) {
      answers.add(ask(QUESTION));
      if (i == 1 || i == warm) {
        show(i == 1 ? "next" : "last", answers.get(answers.size() - 1));
      }
    }
    if (pauseSeconds != null) {
      TimeUnit.MILLISECONDS.sleep((long) (pauseSeconds * 1_000));
      Answer answer = ask(QUESTION);
      answers.add(answer);
      show("after a pause of " + pauseSeconds + " s,", answer);
    }
    if (out != null) {
      write(answers);
    }
    return answers.stream().allMatch(Answer::good) ? 0 : 1;
  }

  /** The first questions; each visitor waits until all are ready to ask. */
  private List<Answer> askAtOnce() throws Exception {
    CyclicBarrier ready = new CyclicBarrier(concurrent);
    ExecutorService visitors = Executors.newFixedThreadPool(concurrent);
    try {
      List<Future<Answer>> asked = new ArrayList<>();
      for (int i = 0; i < concurrent; i++) {
        asked.add(
            visitors.submit(
                () -> {
                  ready.await();
                  return ask(QUESTION);
                }));
      }
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> future : asked) {
        answers.add(future.get());
      }
      return answers;
    } finally {
      visitors.shutdownNow();
    }
  }

  private static void show(String which, Answer answer) {
    System.out.printf(
        Locale.ROOT,
        "%-5s answer: HTTP %d, first word after %.0f ms, complete after %.0f ms%n",
        which,
        answer.status(),
        millis(answer.sentNanos(), answer.firstWordNanos()),
        millis(answer.sentNanos(), answer.endNanos()));
  }

  private void write(List<Answer> answers) throws IOException {
    try (PrintWriter writer = new PrintWriter(out.toFile(), StandardCharsets.UTF_8)) {
      for (int i = 0; i < answers.size(); i++) {
        writer.println(StandInServer.JSON.writeValueAsString(line(i, answers.get(i))));
      }
    }
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
