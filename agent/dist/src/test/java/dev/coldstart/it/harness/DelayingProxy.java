package dev.coldstart.it.harness;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy on 127.0.0.1 in front of a server, which makes a connection slow or breaks it at a
 * known step. It knows no protocol: a turn of the server's is what it sends after the client has
 * sent something, knowing the turn before. The first turn of TLS is the server's hello; that of a
 * protocol which asks for TLS first, as PostgreSQL's, is the answer to that; what a server sends
 * unasked belongs to the turn it follows. All that a slow turn has arrives so much later than it
 * was sent. The settings are for connections that come later.
 *
 * <p>TCP itself is slow by a full backlog: the kernel drops the client's SYN, which the client's
 * kernel sends again after its first timeout, {@link #SLOW_TCP_MILLIS}. No other delay can be had
 * without privileges: a listening kernel answers at once.
 */
public final class DelayingProxy implements Closeable {
  /** How long connecting takes when it is slow: Linux' initial retransmission timeout. */
  public static final long SLOW_TCP_MILLIS = 1_000;

  private static final long FREE_AFTER_MILLIS = 400;
  private static final int FILLER_MILLIS = 100;
  private static final int BUFFER = 1 << 16;

  /** What is done with a connection once it is there. */
  public enum Mode {
    FORWARD,
    /** An HTTP proxy, for which there is but one server: that is where each CONNECT leads to. */
    TUNNEL,
    /** Says nothing. */
    HANG,
    RESET
  }

  private final int targetPort;
  private final ServerSocket listener;
  private final List<Late> late = new CopyOnWriteArrayList<>();
  private final List<Connection> open = new CopyOnWriteArrayList<>();
  private final Map<Integer, Long> millisByTurn = new ConcurrentHashMap<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Set<Integer> fillerPorts = ConcurrentHashMap.newKeySet();
  private final List<Socket> fillers = new CopyOnWriteArrayList<>();
  private volatile Mode mode = Mode.FORWARD;
  private volatile boolean full;
  private volatile boolean parked;

  /** In front of a server on 127.0.0.1. */
  public DelayingProxy(int targetPort) throws IOException {
    this(targetPort, InetAddress.getLoopbackAddress(), 0);
  }

  /** The same at another address of this machine's own, for hosts that have several. */
  public DelayingProxy(int targetPort, InetAddress address, int port) throws IOException {
    this.targetPort = targetPort;
    listener = new ServerSocket(port, 1, address);
    Daemon.start(this::accept);
  }

  /** Where clients connect to. */
  public int port() {
    return listener.getLocalPort();
  }

  /** How many connections clients have opened so far. */
  public int connections() {
    return connections.get();
  }

  /**
   * A part of a turn that came late.
   *
   * @param connection counted from 1
   * @param turn counted from 1 in its connection
   * @param sentNanos {@link System#nanoTime()} when the server had sent it
   * @param passedNanos when the client could have it
   */
  public record Late(int connection, int turn, long sentNanos, long passedNanos) {}

  /** What came late since the last time this was asked. */
  public List<Late> takeLate() {
    List<Late> all = List.copyOf(late);
    late.clear();
    return all;
  }

  /** The server's turn, counted from 1 in each connection, takes so much longer; 0 for no more. */
  public DelayingProxy slowTurn(int turn, long millis) {
    millisByTurn.put(turn, millis);
    return this;
  }

  /** What is done with connections from now on. */
  public DelayingProxy mode(Mode wanted) {
    mode = wanted;
    return this;
  }

  /** What is sent on connections that are open now is lost, and neither side is told. */
  public void dropSilently() {
    open.forEach(connection -> connection.dropped = true);
  }

  /** The next connect takes {@link #SLOW_TCP_MILLIS}. */
  public void slowTcp() throws IOException {
    fill();
    Daemon.start(
        () -> {
          TimeUnit.MILLISECONDS.sleep(FREE_AFTER_MILLIS);
          free();
        });
  }

  /** No connect is answered until {@link #free}. */
  public void fill() throws IOException {
    full = true;
    while (true) {
      Socket filler = new Socket();
      fillers.add(filler);
      try {
        filler.connect(listener.getLocalSocketAddress(), FILLER_MILLIS);
        fillerPorts.add(filler.getLocalPort());
        // What the accepting thread takes after this would make room.
        while (!parked) {
          Thread.onSpinWait();
        }
      } catch (SocketTimeoutException e) {
        return;
      }
    }
  }

  /** Connects are answered again. */
  public void free() throws IOException {
    full = false;
    for (Socket filler : fillers) {
      filler.close();
    }
    fillers.clear();
  }

  /** A port that refuses connections until this is closed. */
  public static Socket refusing() throws IOException {
    Socket bound = new Socket();
    bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return bound;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    free();
    for (Connection connection : open) {
      connection.close();
    }
  }

  private void accept() throws IOException, InterruptedException {
    while (true) {
      Socket client = listener.accept();
      while (full) {
        parked = true;
        TimeUnit.MILLISECONDS.sleep(1);
      }
      parked = false;
      if (fillerPorts.remove(client.getPort())) {
        client.close();
        continue;
      }
      int number = connections.incrementAndGet();
      if (mode == Mode.RESET) {
        client.setSoLinger(true, 0);
        client.close();
        continue;
      }
      Connection connection = new Connection(client, number);
      open.add(connection);
      if (mode == Mode.FORWARD) {
        connection.forward();
      } else if (mode == Mode.TUNNEL) {
        Daemon.start(connection::tunnel);
      }
    }
  }

  /** One connection of a client, and the one to the server. */
  private final class Connection {
    private final Socket client;
    private final int number;
    private final Socket server = new Socket();
    private final Map<Integer, Long> delays = Map.copyOf(millisByTurn);
    private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
    private volatile boolean dropped;

    /** The turn that the client has seen something of, and the one it has answered. */
    private volatile int seen;

    private volatile int answered;

    Connection(Socket client, int number) {
      this.client = client;
      this.number = number;
    }

    void forward() throws IOException {
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
      server.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
      pump(() -> ask());
      pump(() -> read());
      pump(() -> answer());
    }

    void tunnel() throws IOException {
      InputStream in = client.getInputStream();
      int lineLength = 0;
      for (int c = in.read(); c >= 0 && (c != '\n' || lineLength > 0); c = in.read()) {
        lineLength = c == '\n' ? 0 : c == '\r' ? lineLength : lineLength + 1;
      }
      client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII));
      forward();
    }

    private void pump(Daemon.Work work) {
      Daemon.start(
          () -> {
            try {
              work.run();
            } catch (IOException e) {
              // One side is gone: so is the other.
              close();
            }
          });
    }

    private void ask() throws IOException {
      byte[] buffer = new byte[BUFFER];
      InputStream in = client.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        answered = seen;
        if (!dropped) {
          server.getOutputStream().write(buffer, 0, n);
        }
      }
      if (!dropped) {
        server.shutdownOutput();
      }
    }

    private void read() throws IOException {
      byte[] buffer = new byte[BUFFER];
      int turn = 0;
      try {
        InputStream in = server.getInputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          long now = System.nanoTime();
          turn += answered == turn ? 1 : 0;
          long delay = TimeUnit.MILLISECONDS.toNanos(delays.getOrDefault(turn, 0L));
          sent.add(new Sent(turn, Arrays.copyOf(buffer, n), now, now + delay));
        }
      } finally {
        sent.add(new Sent(turn, null, 0, 0));
      }
    }

    private void answer() throws IOException, InterruptedException {
      for (Sent next = sent.take(); next.bytes != null; next = sent.take()) {
        TimeUnit.NANOSECONDS.sleep(next.dueNanos - System.nanoTime());
        if (delays.getOrDefault(next.turn, 0L) > 0) {
          late.add(new Late(number, next.turn, next.sentNanos, System.nanoTime()));
        }
        seen = next.turn;
        if (!dropped) {
          client.getOutputStream().write(next.bytes);
        }
      }
      if (!dropped) {
        client.shutdownOutput();
      }
    }

    void close() throws IOException {
      client.close();
      server.close();
    }
  }

  /** What a server has sent, and when the client may have it. No bytes are the end. */
  private static final class Sent {
    private final int turn;
    private final byte[] bytes;
    private final long sentNanos;
    private final long dueNanos;

    Sent(int turn, byte[] bytes, long sentNanos, long dueNanos) {
      this.turn = turn;
      this.bytes = bytes;
      this.sentNanos = sentNanos;
      this.dueNanos = dueNanos;
    }
  }
}
