package dev.coldstart.it.library;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A DNS server on 127.0.0.1, over UDP, that takes its time and answers each question for an IPv4
 * address with 127.0.0.1, any other with nothing (RFC 1035).
 */
final class SlowDns implements Closeable {
  /** How long it takes. */
  static final long MILLIS = 400;

  private static final int HEADER = 12;
  private static final int TYPE_A = 1;
  private static final int CLASS_IN = 1;
  private static final int RESPONSE = 0x8180;
  private static final int NAME_OF_THE_QUESTION = 0xC00C;
  private static final int TTL_SECONDS = 60;

  private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());

  SlowDns() throws IOException {
    Thread thread = new Thread(this::serve);
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  private void serve() {
    byte[] buffer = new byte[512];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        byte[] answer = answer(Arrays.copyOf(buffer, packet.getLength()));
        TimeUnit.MILLISECONDS.sleep(MILLIS);
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      }
    } catch (IOException | InterruptedException e) {
      // Closed.
    }
  }

  private static byte[] answer(byte[] query) {
    int end = HEADER;
    while (query[end] != 0) {
      end += query[end] + 1;
    }
    end++;
    boolean address = ByteBuffer.wrap(query).getShort(end) == TYPE_A;
    int question = end + 2 * Short.BYTES - HEADER;
    ByteBuffer answer = ByteBuffer.allocate(HEADER + question + HEADER + Integer.BYTES);
    answer.put(query, 0, Short.BYTES).putShort((short) RESPONSE).putShort((short) 1);
    answer.putShort((short) (address ? 1 : 0)).putInt(0);
    answer.put(query, HEADER, question);
    if (address) {
      answer.putShort((short) NAME_OF_THE_QUESTION).putShort((short) TYPE_A);
      answer.putShort((short) CLASS_IN).putInt(TTL_SECONDS).putShort((short) Integer.BYTES);
      answer.put(InetAddress.getLoopbackAddress().getAddress());
    }
    return Arrays.copyOf(answer.array(), answer.position());
  }

  @Override
  public void close() {
    socket.close();
  }
}
