package dev.coldstart.weave;

import dev.coldstart.weave.code.ClassHead;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which classes extend or implement a type that a user asked for. Exists only when one did: each
 * class of the application that mentions the method is then read for its super types, and these are
 * read as files of its loader: none of them is loaded yet.
 */
public final class SuperTypes {
  private static final String[] NONE = {};
  private static final int MAX_DEPTH = 32;

  /** Internal names of the types asked for. */
  private final Set<String> roots;

  /** Names of the methods asked for, of whichever type. */
  private final Set<String> methods;

  /** By internal name; what was found first where two loaders have a class of one name. */
  private final Map<String, String[]> supers = new ConcurrentHashMap<>();

  /**
   * Looks for these types.
   *
   * @param methods what a class has to mention to be looked at at all
   */
  SuperTypes(Set<String> roots, Set<String> methods) {
    this.roots = roots;
    this.methods = methods;
  }

  /** Those of the asked types that a class is, extends or implements, by internal name. */
  Set<String> of(ClassLoader loader, String name, byte[] bytes) {
    if (loader == null || isJdk(name)) {
      return Set.of();
    }
    ClassHead head = new ClassHead(bytes);
    if (!mentionsAny(head)) {
      return Set.of();
    }
    // What is loaded to read files is not shown to a transformer that is at work on this thread.
    String[] direct = head.supers();
    supers.put(name, direct);
    Set<String> found = Set.of();
    for (String root : roots) {
      if (root.equals(name) || reaches(direct, root, loader, 0)) {
        found = with(found, root);
      }
    }
    return found;
  }

  private boolean mentionsAny(ClassHead head) {
    for (String method : methods) {
      if (!isAscii(method) || head.mentions(method)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 127) {
        return false;
      }
    }
    return true;
  }

  /** Whether a loaded class is, extends or implements one of the asked types. */
  boolean match(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      if (roots.contains(c.getName().replace('.', '/'))) {
        return true;
      }
      for (Class<?> i : c.getInterfaces()) {
        if (match(i)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean reaches(String[] from, String root, ClassLoader loader, int depth) {
    for (String name : from) {
      if (name.equals(root)) {
        return true;
      }
    }
    for (String name : from) {
      if (depth < MAX_DEPTH
          && !isJdk(name)
          && reaches(supersOf(name, loader), root, loader, depth + 1)) {
        return true;
      }
    }
    return false;
  }

  private String[] supersOf(String name, ClassLoader loader) {
    String[] known = supers.get(name);
    if (known == null) {
      known = read(name, loader);
      supers.put(name, known);
    }
    return known;
  }

  private static String[] read(String name, ClassLoader loader) {
    try (InputStream in = loader.getResourceAsStream(name.concat(".class"))) {
      return in == null ? NONE : new ClassHead(in.readAllBytes()).supers();
    } catch (IOException | RuntimeException | LinkageError e) {
      return NONE;
    }
  }

  private static boolean isJdk(String name) {
    return name.startsWith("java/") || name.startsWith("jdk/") || name.startsWith("sun/");
  }

  private static Set<String> with(Set<String> some, String one) {
    List<String> all = new ArrayList<>(some);
    all.add(one);
    return Set.copyOf(all);
  }
}
