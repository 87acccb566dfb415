package dev.coldstart.it.app;

import java.util.concurrent.Semaphore;

/**
 * Frame of the apps with a pool that has room for one. One request holds it while another one wants
 * it, whatever order they come in.
 */
public abstract class Pooled implements Scenes.App {
  private static final int HOLD_MILLIS = 300;

  private final Semaphore held = new Semaphore(0);
  private final Semaphore wanted = new Semaphore(0);
  private volatile long releasedNanos;

  /** Takes what the pool has, until it is closed. */
  protected abstract AutoCloseable take() throws Exception;

  /** Called before the first scene. */
  protected abstract void open(String[] args) throws Exception;

  @Override
  public void prepare(Scenes scenes, String[] args) throws Exception {
    open(args);
    scenes.add("/free", out -> ask().close());
    scenes.add(
        "/hold",
        out -> {
          AutoCloseable taken = ask();
          held.release();
          wanted.acquire();
          Thread.sleep(HOLD_MILLIS);
          releasedNanos = System.nanoTime();
          taken.close();
        });
    scenes.add(
        "/want",
        out -> {
          held.acquire();
          wanted.release();
          long began = System.nanoTime();
          ask().close();
          out.write("" + (releasedNanos - began));
        });
  }

  /** What a test names as a phase, so that the request is one of an agent. */
  public final AutoCloseable ask() throws Exception {
    return take();
  }
}
