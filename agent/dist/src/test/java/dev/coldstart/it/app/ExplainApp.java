package dev.coldstart.it.app;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Each scene spends about 300 ms where no probe looks, each time for another reason. */
public final class ExplainApp implements Scenes.App {
  private static final long MILLIS = 300;
  private static final int CLASSES = 1_500;
  private static final int METHODS = 60;

  private final Object lock = new Lock();
  private final List<byte[]> garbage = new ArrayList<>();
  private volatile long sink;

  private static final class Lock {}

  private static final class Slow {
    static {
      sleep(MILLIS);
    }

    static void touch() {}
  }

  @Override
  public void prepare(Scenes scenes, String[] args) {
    add(scenes, "warm-up", () -> {});
    add(scenes, "classes", ExplainApp::classes);
    add(scenes, "lock", this::lock);
    add(scenes, "park", ExplainApp::park);
    add(scenes, "socket", ExplainApp::socket);
    add(scenes, "file", ExplainApp::file);
    add(scenes, "gc", this::collect);
    add(scenes, "spin", this::spin);
    add(scenes, "init", Slow::touch);
  }

  private void add(Scenes scenes, String name, Runnable work) {
    scenes.add(
        "/" + name,
        answer -> {
          Work.connect(name);
          long begin = System.nanoTime();
          work.run();
          answer.write(name);
          Work.say(name + "=" + (System.nanoTime() - begin) + " " + sink);
        });
  }

  private static void classes() {
    ClassLoader loader =
        new ClassLoader(ExplainApp.class.getClassLoader()) {
          @Override
          protected Class<?> findClass(String name) {
            byte[] bytes = classFile(name);
            return defineClass(name, bytes, 0, bytes.length);
          }
        };
    try {
      for (int i = 0; i < CLASSES; i++) {
        Class.forName("Made" + i, true, loader);
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private void lock() {
    CountDownLatch held = new CountDownLatch(1);
    Thread holder =
        new Thread(
            () -> {
              synchronized (lock) {
                held.countDown();
                sleep(MILLIS);
              }
            });
    holder.start();
    try {
      held.await();
      synchronized (lock) {
        sink++;
      }
      holder.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void park() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(new Lock(), left);
    }
  }

  private static void socket() {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket accepted = server.accept()) {
      Thread late =
          new Thread(
              () -> {
                sleep(MILLIS);
                try {
                  accepted.getOutputStream().write(1);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      late.start();
      client.getInputStream().read();
      late.join();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A pipe that somebody writes to late. */
  private static void file() {
    try {
      Path pipe = Path.of("secret-name.pipe");
      new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
      Process late =
          new ProcessBuilder("sh", "-c", "exec 3>secret-name.pipe; sleep 0.3; echo late >&3")
              .start();
      try (java.io.FileInputStream in = new java.io.FileInputStream(pipe.toFile())) {
        in.read();
      }
      late.waitFor();
      Files.delete(pipe);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void collect() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
    for (int i = 0; i < 100_000; i++) {
      garbage.add(new byte[200]);
    }
    while (System.nanoTime() - end < 0) {
      System.gc();
    }
    garbage.clear();
  }

  private void spin() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS);
    long x = 1;
    while (System.nanoTime() - end < 0) {
      for (int i = 0; i < 10_000; i++) {
        x = x * 31 + i;
      }
    }
    sink = x;
  }

  private static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** {@code public class <name> { static void m0() {} .. }}, to be parsed and verified. */
  private static byte[] classFile(String name) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(0xCAFEBABE);
      out.writeInt(52);
      out.writeShort(7 + METHODS);
      utf(out, name);
      out.writeByte(7);
      out.writeShort(1);
      utf(out, "java/lang/Object");
      out.writeByte(7);
      out.writeShort(3);
      utf(out, "()V");
      utf(out, "Code");
      for (int i = 0; i < METHODS; i++) {
        utf(out, "m" + i);
      }
      for (int field : new int[] {0x21, 2, 4, 0, 0, METHODS}) {
        out.writeShort(field);
      }
      for (int i = 0; i < METHODS; i++) {
        for (int field : new int[] {9, 7 + i, 5, 1, 6, 0, 13, 1, 1, 0, 1}) {
          out.writeShort(field);
        }
        out.writeByte(0xb1);
        out.writeInt(0);
      }
      out.writeShort(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void utf(DataOutputStream out, String text) throws IOException {
    out.writeByte(1);
    out.writeUTF(text);
  }
}
