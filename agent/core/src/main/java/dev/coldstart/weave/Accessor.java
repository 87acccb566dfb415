package dev.coldstart.weave;

import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Values that a user's label shows. Only what is meant to be read is: {@code getName()}, {@code
 * isName()}, a {@code name()} that has a field or record component of that name behind it, a public
 * field. So a label cannot call {@code close()} or take an element from a queue. A value is a text
 * of at most {@link Shown#NAME} characters, a number, a boolean, an enum constant or the simple
 * name of a class; {@code toString()} of anything else is never called.
 */
final class Accessor {
  private static final ClassValue<ConcurrentHashMap<String, Object>> MEMBERS =
      new ClassValue<>() {
        @Override
        protected ConcurrentHashMap<String, Object> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private static final Object ABSENT = new Object();

  private static final Set<Class<?>> PLAIN =
      Set.of(
          Boolean.class,
          Byte.class,
          Character.class,
          Double.class,
          Float.class,
          Integer.class,
          Long.class,
          Short.class);

  private Accessor() {}

  /** Null when there is no such value, or it cannot be read. */
  static Object read(Object target, String name) {
    ConcurrentHashMap<String, Object> known = MEMBERS.get(target.getClass());
    Object member = known.get(name);
    if (member == null) {
      member = find(target.getClass(), name);
      known.put(name, member);
    }
    try {
      if (member instanceof Method method) {
        return method.invoke(target);
      }
      return member instanceof Field field ? field.get(target) : null;
    } catch (ReflectiveOperationException | RuntimeException e) {
      // A getter that throws has no value.
      return null;
    }
  }

  /** A value as it is shown; null for one that is not. */
  static String shown(Object value) {
    if (value instanceof String text) {
      return Shown.of(text, Shown.NAME);
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (value instanceof Class<?> type) {
      return Shown.of(type.getSimpleName(), Shown.NAME);
    }
    return value != null && PLAIN.contains(value.getClass()) ? value.toString() : null;
  }

  private static Object find(Class<?> type, String name) {
    char first = Character.toUpperCase(name.charAt(0));
    String capital = first + name.substring(1);
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      Object member = declared(c, name, capital);
      if (member != ABSENT) {
        return member;
      }
    }
    return ABSENT;
  }

  private static Object declared(Class<?> type, String name, String capital) {
    try {
      Field field = field(type, name);
      Method plain = field == null ? null : method(type, name);
      for (Method method :
          new Method[] {
            plain, method(type, "get".concat(capital)), method(type, "is".concat(capital))
          }) {
        if (method != null && Read.open(type, method)) {
          return method;
        }
      }
      return field != null && isReadable(field) && Read.open(type, field) ? field : ABSENT;
    } catch (RuntimeException | LinkageError e) {
      // Some member of this class names a type that is not there.
      return ABSENT;
    }
  }

  private static Field field(Class<?> type, String name) {
    try {
      return type.getDeclaredField(name);
    } catch (NoSuchFieldException e) {
      return null;
    }
  }

  private static Method method(Class<?> type, String name) {
    try {
      Method method = type.getDeclaredMethod(name);
      return isReadable(method) && method.getReturnType() != void.class ? method : null;
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  private static boolean isReadable(Member member) {
    return Modifier.isPublic(member.getModifiers()) && !Modifier.isStatic(member.getModifiers());
  }
}
