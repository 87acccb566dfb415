package dev.coldstart.it.harness;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;

/** A server on 127.0.0.1 that lets nobody in, whatever the protocol is. */
public final class RefusingServer implements Closeable {
  private static final int BACKLOG = 50;
  private static final int PATIENCE_MILLIS = 2_000;

  private final ServerSocket listener;

  private RefusingServer(ServerSocket listener) {
    this.listener = listener;
    Daemon.start(this::accept);
  }

  /** Hangs up on each client as soon as that has said something. */
  public static RefusingServer hangingUp() throws IOException {
    return new RefusingServer(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
  }

  /**
   * The same behind TLS.
   *
   * @param certificate one of {@link TestCertificates}
   */
  public static RefusingServer withTls(String certificate)
      throws IOException, GeneralSecurityException {
    return new RefusingServer(
        TestCertificates.context(certificate)
            .getServerSocketFactory()
            .createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
  }

  /** Where it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = listener.accept();
      Daemon.start(() -> refuse(client));
    }
  }

  private static void refuse(Socket accepted) throws IOException {
    try (Socket client = accepted) {
      client.setSoTimeout(PATIENCE_MILLIS);
      InputStream in = client.getInputStream();
      in.read(new byte[1024]);
      client.shutdownOutput();
      // A reset, because of what nobody has read, would be another story.
      in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
