package dev.coldstart.it.harness;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Speaks TLS on 127.0.0.1 for a server behind it that is spoken to without, as a load balancer
 * does, with one of {@link TestCertificates}.
 */
public final class TlsFront implements Closeable {
  /** Length of PostgreSQL's request for TLS. */
  private static final int POSTGRES_REQUEST = 8;

  /** Length of the head of MariaDB's packets. */
  private static final int MARIADB_HEAD = 4;

  private final int targetPort;
  private final SSLContext tls;
  private final Asked asked;
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  /** How TLS begins. */
  public enum Asked {
    /** With the connection. */
    NO,
    /** The client asks for it. */
    AS_POSTGRESQL,
    /** The client asks for it once the server has said its name. What follows is not understood. */
    AS_MARIADB
  }

  /**
   * In front of a server on 127.0.0.1.
   *
   * @param certificate of {@link TestCertificates}
   */
  public TlsFront(int targetPort, String certificate, Asked asked)
      throws IOException, GeneralSecurityException {
    this.targetPort = targetPort;
    this.asked = asked;
    tls = TestCertificates.context(certificate);
    Daemon.start(this::accept);
  }

  /** Where clients connect to. */
  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      Daemon.start(() -> serve(client));
    }
  }

  private void serve(Socket client) throws IOException {
    Socket server = new Socket(InetAddress.getLoopbackAddress(), targetPort);
    open.add(client);
    open.add(server);
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    try {
      begin(client, server);
      SSLSocket secure =
          (SSLSocket) tls.getSocketFactory().createSocket(client, (InputStream) null, true);
      secure.startHandshake();
      Daemon.start(() -> pump(server, secure));
      pump(secure, server);
    } finally {
      client.close();
      server.close();
    }
  }

  private void begin(Socket client, Socket server) throws IOException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    OutputStream out = client.getOutputStream();
    if (asked == Asked.AS_POSTGRESQL) {
      in.readFully(new byte[POSTGRES_REQUEST]);
      out.write('S');
    } else if (asked == Asked.AS_MARIADB) {
      out.write(packet(new DataInputStream(server.getInputStream())));
      packet(in);
    }
  }

  /** Three bytes of length, lowest first, a number, and so many bytes. */
  private static byte[] packet(DataInputStream in) throws IOException {
    byte[] head = new byte[MARIADB_HEAD];
    in.readFully(head);
    int length = (head[0] & 255) | (head[1] & 255) << 8 | (head[2] & 255) << 16;
    byte[] all = new byte[MARIADB_HEAD + length];
    System.arraycopy(head, 0, all, 0, MARIADB_HEAD);
    in.readFully(all, MARIADB_HEAD, length);
    return all;
  }

  private static void pump(Socket from, Socket to) throws IOException {
    InputStream in = from.getInputStream();
    in.transferTo(to.getOutputStream());
    to.shutdownOutput();
  }
}
