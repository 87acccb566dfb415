package dev.coldstart.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The TCP sockets of a process as Linux tells them: those of its namespace in {@code
 * /proc/PID/net/tcp}, and which of them are its own by its open files.
 */
public final class OpenSockets {
  private static final String LISTENING = "0A";

  private final List<Socket> sockets = new ArrayList<>();

  private record Socket(String local, int port, boolean listening) {}

  private OpenSockets() {}

  /** Those that are open now. */
  public static OpenSockets of(long pid) {
    try {
      OpenSockets open = new OpenSockets();
      Set<String> own = inodes(pid);
      for (String table : List.of("tcp", "tcp6")) {
        List<String> lines = Files.readAllLines(Path.of("/proc/" + pid + "/net/" + table));
        for (String line : lines.subList(1, lines.size())) {
          String[] columns = line.trim().split("\\s+");
          if (own.contains(columns[9])) {
            open.add(columns);
          }
        }
      }
      return open;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Address and port of each socket that accepts connections. */
  public List<String> listening() {
    return sockets.stream().filter(Socket::listening).map(Socket::local).toList();
  }

  /** Addresses of connections other than those somebody made to this port. */
  public List<String> calling(int servedPort) {
    return sockets.stream()
        .filter(socket -> !socket.listening() && socket.port() != servedPort)
        .map(Socket::local)
        .toList();
  }

  private void add(String[] columns) {
    int local = port(columns[1]);
    String address = columns[1].substring(0, columns[1].indexOf(':')) + ":";
    sockets.add(new Socket(readable(address) + local, local, columns[3].equals(LISTENING)));
  }

  /** The loopback address of IPv4, alone or mapped to IPv6; others stay as they are. */
  private static String readable(String hex) {
    return hex.endsWith("0100007F:") ? "127.0.0.1:" : hex;
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
  }

  private static Set<String> inodes(long pid) throws IOException {
    Set<String> inodes = new HashSet<>();
    try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
      for (Path file : open) {
        try {
          String target = Files.readSymbolicLink(file).toString();
          if (target.startsWith("socket:[")) {
            inodes.add(target.substring("socket:[".length(), target.length() - 1));
          }
        } catch (NoSuchFileException e) {
          // Closed meanwhile.
        }
      }
    }
    return inodes;
  }
}
