package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;

/** The hooks of an HTTP client that tell when an exchange sends and receives, see {@link Wire}. */
public final class WireHooks {
  private WireHooks() {}

  /** In the constructor of an exchange, which the sending thread or a stage of it calls. */
  public static Hook begun() {
    return new Begun();
  }

  /** In the constructor of a part of an exchange, often before that of the exchange is done. */
  public static Hook partOf(int argument) {
    return new PartOf(argument);
  }

  /** In a method that sends a part of the request. */
  public static Hook sent() {
    return new Sent();
  }

  /** In a method that gets bytes of the answer as they arrive. */
  public static Hook received() {
    return new Received();
  }

  /** Around a method that waits for bytes of the answer, if none are there yet. */
  public static Hook read() {
    return new Reads();
  }

  private static Wire exchange(Object key) {
    Wire wire = Wire.of(key);
    if (wire == null) {
      Trace trace = Recorder.target();
      if (trace.serial > 0) {
        wire = new Wire(trace);
        wire.bind(key);
      }
    }
    return wire;
  }

  private static final class Begun extends ReturnHook {
    @Override
    protected void returned(Object self, Object[] args, Object result) {
      exchange(self);
    }
  }

  private static final class PartOf extends ReturnHook {
    private final int argument;

    PartOf(int argument) {
      this.argument = argument;
    }

    @Override
    protected void returned(Object self, Object[] args, Object result) {
      Wire wire = exchange(args[argument]);
      if (wire != null) {
        wire.bind(self);
      }
    }
  }

  private static final class Sent extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      Wire wire = Wire.of(self);
      if (wire != null) {
        wire.sent();
      }
    }
  }

  private static final class Received extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      Wire wire = Wire.of(self);
      if (wire != null) {
        wire.received();
      }
    }
  }

  private static final class Reads extends Hook {
    @Override
    public Object before(int site, Object self, Object[] args) {
      return System.nanoTime();
    }

    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      Wire wire = thrown == null ? Wire.of(self) : null;
      if (wire != null && state != null) {
        wire.read((Long) state);
      }
      return result;
    }
  }
}
