package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.phase.Phase;

/**
 * Times a method whose first call for an object does more than later ones, and tells them apart by
 * name; notes what classes were loaded meanwhile.
 */
public final class FirstUse extends Hook {
  /** What a report takes for the name of an interval. */
  private static final String NAME = "name";

  private final At subject;
  private final String first;
  private final WeakIdentityMap<Boolean> used;
  private final Note note;

  private record Call(int token, ClassLoading loading) {}

  private FirstUse(At subject, String first, WeakIdentityMap<Boolean> used, Note note) {
    this.subject = subject;
    this.first = first;
    this.used = used;
    this.note = note;
  }

  /**
   * A hook that gives the first call for an object a name of its own.
   *
   * @param subject where the object is at the method's entry
   * @param first name of the interval of its first call
   * @param used remembers objects; may be shared by the hooks of several methods
   */
  static FirstUse of(At subject, String first, WeakIdentityMap<Boolean> used) {
    return new FirstUse(subject, first, used, null);
  }

  /** A probe whose span has one name, and says what classes were loaded meanwhile. */
  public static Probe time(Phase phase, String span, String type, String method) {
    return Probe.read(type, method, unnamed(null)).recording(phase, span);
  }

  /**
   * The same with a name of its own for the first call on an object.
   *
   * @param first name of the span of its first call
   */
  public static Probe time(Phase phase, String first, String span, String type, String method) {
    FirstUse hook = of(At.self(), first, new WeakIdentityMap<>());
    return Probe.read(type, method, hook).recording(phase, span);
  }

  /**
   * All calls have the name of their probe.
   *
   * @param note adds facts, null for none
   */
  static FirstUse unnamed(Note note) {
    return new FirstUse(null, null, null, note);
  }

  @Override
  public Object before(int site, Object self, Object[] args) {
    int token = Recorder.enter(site);
    if (token < 0) {
      return null;
    }
    if (subject != null && isFirst(subject.read(self, args, null))) {
      Recorder.note(NAME, first);
    }
    return new Call(token, ClassLoading.from());
  }

  private boolean isFirst(Object object) {
    if (object == null || used.get(object) != null) {
      return false;
    }
    used.put(object, Boolean.TRUE);
    return true;
  }

  @Override
  public Object after(
      int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
    if (!(state instanceof Call call)) {
      return result;
    }
    try {
      call.loading.note();
      if (note != null && thrown == null) {
        note.note(self, args, result);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      if (thrown == null) {
        Recorder.exit(call.token);
      } else {
        Recorder.fail(thrown, call.token);
      }
    }
    return result;
  }
}
