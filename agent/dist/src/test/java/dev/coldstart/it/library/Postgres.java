package dev.coldstart.it.library;

import dev.coldstart.it.harness.ForkedApp;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** A real PostgreSQL on a free port of 127.0.0.1, from the binaries that zonky packs for Maven. */
final class Postgres implements AutoCloseable {
  static final String USER = "shop";
  static final String PASSWORD = "not-to-be-seen";

  /** Runs as nobody: PostgreSQL refuses to be root, and a build often is. */
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  private static final int SECONDS = 60;

  private final Path folder;
  private final Process server;
  private final int port;

  /** Starts it with the binaries among these jars. */
  Postgres(List<Path> jars) throws Exception {
    // Not a folder of JUnit: nobody could not enter that.
    folder = Files.createTempDirectory("coldstart-postgres");
    unpack(jars);
    Files.writeString(folder.resolve("password"), PASSWORD);
    boolean root = System.getProperty("user.name").equals("root");
    if (root) {
      run("chown", "-R", "65534:65534", folder.toString());
    }
    String bin = folder.resolve("bin").toString();
    String data = folder.resolve("data").toString();
    run(
        asUser(
            root,
            bin + "/initdb",
            "--no-sync",
            "--pgdata=" + data,
            "--username=" + USER,
            "--auth=scram-sha-256",
            "--pwfile=" + folder.resolve("password")));
    port = freePort();
    server =
        process(
                asUser(
                    root,
                    bin + "/postgres",
                    "-D",
                    data,
                    "-h",
                    "127.0.0.1",
                    "-p",
                    "" + port,
                    "-k",
                    folder.toString(),
                    "-c",
                    "fsync=off"))
            .start();
    await();
  }

  String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /** Starts the app that connects to it. */
  ForkedApp app(Path work) {
    return Libs.start("postgres", "PostgresApp", work, jdbcUrl(), USER, PASSWORD);
  }

  @Override
  public void close() throws IOException {
    server.destroy();
    server.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).join();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void unpack(List<Path> jars) throws Exception {
    Path jar =
        jars.stream().filter(j -> j.toString().contains("postgres-binaries")).findFirst().get();
    Path archive = folder.resolve("postgres.txz");
    try (JarFile zip = new JarFile(jar.toFile())) {
      String name =
          zip.stream().filter(e -> e.getName().endsWith(".txz")).findFirst().get().getName();
      try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
        Files.copy(in, archive);
      }
    }
    run("tar", "-xJf", archive.toString(), "-C", folder.toString());
  }

  private void await() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        if (System.nanoTime() - deadline > 0 || !server.isAlive()) {
          throw new IllegalStateException("PostgreSQL did not start, see " + log(), e);
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String[] asUser(boolean root, String... command) {
    List<String> all = new ArrayList<>(root ? AS_NOBODY : List.of());
    all.addAll(Arrays.asList(command));
    return all.toArray(new String[0]);
  }

  private void run(String... command) throws Exception {
    Process process = process(command).start();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException(command[0] + " failed: " + Files.readString(log()));
    }
  }

  private ProcessBuilder process(String... command) {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
  }

  private Path log() {
    return folder.resolve("log");
  }
}
