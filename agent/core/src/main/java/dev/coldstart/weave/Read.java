package dev.coldstart.weave;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads values of the application's objects by the names of their public methods, because the
 * agent's loader cannot see their types. Methods have no parameter, or a text that stands behind
 * the name: {@code getHeader:traceparent}; a public field has a dot before it. A name a version
 * does not have reads as null ("unknown"), and is looked up only once per class.
 */
public final class Read {
  private static final ClassValue<ConcurrentHashMap<String, Object>> METHODS =
      new ClassValue<>() {
        @Override
        protected ConcurrentHashMap<String, Object> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private static final Object ABSENT = new Object();

  /** What a parameter that takes a text is declared as. */
  private static final Class<?>[] TEXTS = {String.class, CharSequence.class, Object.class};

  private Read() {}

  /**
   * Follows a path of method names. Optionals are unwrapped; a list is read at its first element.
   *
   * @return the value, null when the start or any step of the path is null, empty or absent
   */
  public static Object path(Object start, String... methods) {
    Object value = unwrap(start);
    for (String method : methods) {
      if (value == null) {
        return null;
      }
      value = unwrap(call(value, method));
    }
    return value;
  }

  /**
   * Follows a path of method names through every element of collections. A step "?flag" goes on
   * with the same object where the method of that name gives true, "!flag" where it does not.
   *
   * @return the first value that is there and no empty text; null when there is none
   */
  public static Object first(Object start, String... steps) {
    return first(start, steps, 0);
  }

  private static Object first(Object start, String[] steps, int from) {
    Object value = start;
    for (int i = from; ; i++) {
      if (value instanceof Optional<?> o) {
        value = o.orElse(null);
      }
      if (value instanceof Collection<?> all) {
        return firstOf(all, steps, i);
      }
      if (value == null || value.equals("")) {
        return null;
      }
      if (i == steps.length) {
        return unwrap(value);
      }
      value = step(value, steps[i]);
    }
  }

  private static Object firstOf(Collection<?> all, String[] steps, int from) {
    for (Object element : all) {
      Object found = first(element, steps, from);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static Object step(Object value, String step) {
    char kind = step.charAt(0);
    if (kind != '?' && kind != '!') {
      return call(value, step);
    }
    boolean is = Boolean.TRUE.equals(unwrap(call(value, step.substring(1))));
    return is == (kind == '?') ? value : null;
  }

  /** The value of one method, not unwrapped; null when absent. */
  public static Object list(Object start, String method) {
    return start == null ? null : call(start, method);
  }

  /** Like {@link #path}; null when the value is no text. */
  public static String text(Object start, String... methods) {
    return path(start, methods) instanceof String s ? s : null;
  }

  /** A name somebody gave: like {@link #text} but short, and null when it is an address. */
  public static String name(Object start, String... methods) {
    return Shown.name(text(start, methods), Shown.NAME);
  }

  /** Like {@link #path}; null when the value is no number. */
  public static Long number(Object start, String... methods) {
    return path(start, methods) instanceof Number n ? (Long) n.longValue() : null;
  }

  /** Number of elements of a collection or array, null for anything else. */
  public static Long size(Object value) {
    if (value instanceof Collection<?> c) {
      return (long) c.size();
    }
    return value instanceof Object[] a ? (Long) (long) a.length : null;
  }

  private static Object unwrap(Object value) {
    if (value instanceof Optional<?> o) {
      return o.orElse(null);
    }
    if (value instanceof OptionalLong o) {
      return o.isPresent() ? o.getAsLong() : null;
    }
    if (value instanceof List<?> l) {
      return l.isEmpty() ? null : l.get(0);
    }
    return value;
  }

  private static Object call(Object target, String name) {
    ConcurrentHashMap<String, Object> known = METHODS.get(target.getClass());
    Object method = known.get(name);
    if (method == null) {
      method = find(target.getClass(), name);
      known.put(name, method);
    }
    if (method == ABSENT) {
      return null;
    }
    int text = name.indexOf(':');
    try {
      if (method instanceof Field field) {
        return field.get(target);
      }
      return text < 0
          ? ((Method) method).invoke(target)
          : ((Method) method).invoke(target, name.substring(text + 1));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // A getter that throws (a missing field, say) is a value we do not know.
      return null;
    }
  }

  private static Object find(Class<?> type, String name) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      Object method = declared(c, name);
      if (method != ABSENT) {
        return method;
      }
      for (Class<?> i : c.getInterfaces()) {
        method = find(i, name);
        if (method != ABSENT) {
          return method;
        }
      }
    }
    return ABSENT;
  }

  private static Object declared(Class<?> type, String name) {
    if (name.startsWith(".")) {
      return field(type, name.substring(1));
    }
    int text = name.indexOf(':');
    if (text < 0) {
      return declared(type, name, new Class<?>[0]);
    }
    for (Class<?> parameter : TEXTS) {
      Object method = declared(type, name.substring(0, text), parameter);
      if (method != ABSENT) {
        return method;
      }
    }
    return ABSENT;
  }

  private static Object declared(Class<?> type, String name, Class<?>... parameters) {
    try {
      Method method = type.getDeclaredMethod(name, parameters);
      if (!Modifier.isPublic(method.getModifiers())) {
        return ABSENT;
      }
      return open(type, method) ? method : ABSENT;
    } catch (NoSuchMethodException | RuntimeException | LinkageError e) {
      // A linkage error: some method of this class names a type that is not there.
      return ABSENT;
    }
  }

  private static Object field(Class<?> type, String name) {
    try {
      Field field = type.getDeclaredField(name);
      return Modifier.isPublic(field.getModifiers()) && open(type, field) ? field : ABSENT;
    } catch (NoSuchFieldException | RuntimeException | LinkageError e) {
      return ABSENT;
    }
  }

  /** Makes a public member of a type readable from here. Returns whether it is. */
  static boolean open(Class<?> type, AccessibleObject member) {
    boolean visible =
        Modifier.isPublic(type.getModifiers())
            && type.getModule().isExported(type.getPackageName(), Read.class.getModule());
    return visible || member.trySetAccessible();
  }
}
