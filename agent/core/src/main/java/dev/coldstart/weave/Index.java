package dev.coldstart.weave;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which class names have probes, and in which library files. Read once in premain; a look-up is one
 * hash of the name.
 */
public final class Index {
  static final String RESOURCE = "coldstart.index";

  private final Map<String, byte[]> librariesByType;
  private final String[] names;
  private final String[] classes;

  /** One more than there are library files: the last is the first id that none of them has. */
  private final int[] firstSite;

  private final Probe[][] loaded;

  /** Checksum of the code that weaves. */
  private final long build;

  private final Set<String> disabled;

  /** Probes that came with the options, null for none. Numbered after the library files. */
  private Library user;

  private SuperTypes superTypes;

  private Index(
      long build,
      Set<String> disabled,
      String[] names,
      String[] classes,
      int[] firstSite,
      Map<String, byte[]> types) {
    this.build = build;
    this.disabled = disabled;
    this.names = names;
    this.classes = classes;
    this.firstSite = firstSite;
    this.librariesByType = types;
    this.loaded = new Probe[names.length + 1][];
  }

  /**
   * Reads the index of this build.
   *
   * @param disabled names of libraries to leave out
   */
  public static Index read(Set<String> disabled) throws IOException {
    try (InputStream resource = Index.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      Cursor in = new Cursor(resource.readAllBytes());
      long build = in.number(8);
      int count = (int) in.number(2);
      String[] names = new String[count];
      String[] classes = new String[count];
      int[] firstSite = new int[count + 1];
      for (int i = 0; i < count; i++) {
        classes[i] = in.text();
        names[i] = in.text();
        firstSite[i] = (int) in.number(2);
      }
      firstSite[count] = (int) in.number(2);
      int types = (int) in.number(2);
      Map<String, byte[]> byType = new HashMap<>(types * 2);
      for (int i = 0; i < types; i++) {
        String type = in.text();
        byte[] libraries = new byte[(int) in.number(1)];
        int kept = 0;
        for (int j = 0; j < libraries.length; j++) {
          byte library = (byte) in.number(1);
          if (!disabled.contains(names[library])) {
            libraries[kept++] = library;
          }
        }
        if (kept > 0) {
          byte[] some = new byte[kept];
          System.arraycopy(libraries, 0, some, 0, kept);
          byType.put(type, some);
        }
      }
      return new Index(build, disabled, names, classes, firstSite, byType);
    }
  }

  /** Also looks for the probes of a library that the build knows nothing of. Called once. */
  public void add(Library asked) {
    user = asked;
    Set<String> roots = new HashSet<>();
    Set<String> methods = new HashSet<>();
    for (Probe probe : asked.probes()) {
      for (String type : probe.types) {
        String internalName = type.replace('.', '/');
        if (probe.isForSubtypes()) {
          roots.add(internalName);
          methods.add(probe.method);
          continue;
        }
        librariesByType.put(internalName, andUser(librariesByType.get(internalName)));
      }
    }
    if (!roots.isEmpty()) {
      superTypes = new SuperTypes(roots, methods);
    }
  }

  /** What finds classes by what they extend or implement; null when nobody asked for that. */
  SuperTypes superTypes() {
    return superTypes;
  }

  /** These libraries and the probes that came with the options. */
  byte[] andUser(byte[] some) {
    int count = some == null ? 0 : some.length;
    if (count > 0 && isUser(some[count - 1])) {
      return some;
    }
    byte[] more = new byte[count + 1];
    if (count > 0) {
      System.arraycopy(some, 0, more, 0, count);
    }
    more[count] = (byte) names.length;
    return more;
  }

  /** The same in all runs in which weaving a class gives the same. */
  long key() {
    Checksum key = new Checksum().add(build);
    for (String name : names) {
      if (disabled.contains(name)) {
        key.add(name);
      }
    }
    if (user != null) {
      for (Probe probe : user.probes()) {
        key.add(probe.identity());
      }
    }
    return key.value();
  }

  /** The libraries with probes in this class, null for none. */
  byte[] librariesOf(String internalName) {
    return librariesByType.get(internalName);
  }

  /** Internal names of all classes with probes. */
  public Set<String> types() {
    return librariesByType.keySet();
  }

  /** All library files, also disabled ones. */
  public String[] libraryNames() {
    return names.clone();
  }

  /** One of each library file, for listings. */
  public List<Library> libraries() throws ReflectiveOperationException {
    List<Library> all = new ArrayList<>();
    for (String name : classes) {
      all.add(library(name));
    }
    return all;
  }

  String name(int library) {
    return isUser(library) ? user.name() : names[library];
  }

  /** Whether these probes came with the options. */
  boolean isUser(int library) {
    return library == names.length;
  }

  int firstSite(int library) {
    return firstSite[library];
  }

  /** The probes of a library, loading its file on the first call. */
  synchronized Probe[] probes(int library) throws ReflectiveOperationException {
    if (loaded[library] == null) {
      Library file = isUser(library) ? user : library(classes[library]);
      Probe[] probes = file.probes().toArray(new Probe[0]);
      for (int i = 0; i < probes.length; i++) {
        Sites.register(firstSite[library] + i, probes[i]);
      }
      loaded[library] = probes;
    }
    return loaded[library];
  }

  /** Loads the library file that a site belongs to. */
  void load(int site) {
    for (int library = firstSite.length - 1; library >= 0; library--) {
      if (site >= firstSite[library] && (user != null || !isUser(library))) {
        try {
          probes(library);
        } catch (ReflectiveOperationException e) {
          // The interval is shown as unknown.
        }
        return;
      }
    }
  }

  private static Library library(String className) throws ReflectiveOperationException {
    return Class.forName(className, true, Index.class.getClassLoader())
        .asSubclass(Library.class)
        .getDeclaredConstructor()
        .newInstance();
  }

  /** Reads what a DataOutputStream wrote; the JDK's own reader loads 25 classes on JDK 25. */
  private static final class Cursor {
    private final byte[] bytes;
    private int at;

    Cursor(byte[] bytes) {
      this.bytes = bytes;
    }

    long number(int length) {
      long value = 0;
      for (int i = 0; i < length; i++) {
        value = (value << 8) | (bytes[at++] & 0xff);
      }
      return value;
    }

    /** Names of classes and libraries: ASCII. */
    @SuppressWarnings("deprecation")
    String text() {
      int length = (int) number(2);
      at += length;
      return new String(bytes, 0, at - length, length);
    }
  }
}
