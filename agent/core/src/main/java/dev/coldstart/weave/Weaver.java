package dev.coldstart.weave;

import dev.coldstart.bootstrap.Recorder;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one transformer. Its first step is a hash look-up of the class name; only a hit loads a
 * library file, and ASM when the cache does not have the class. Whatever goes wrong leaves the
 * class as it was and becomes a warning.
 *
 * <p>Classes of the JDK's core are woven only after {@link #activate}, by retransformation: a
 * process in which no library of ours ever appears pays nothing for them. Those for networks are
 * loaded later than any library as a rule, and are woven where they are loaded then.
 */
public final class Weaver implements ClassFileTransformer {
  private static final int MAX_WARNINGS = 50;

  private final Index index;
  private final SuperTypes superTypes;
  private final WovenCache cache;
  private final ClassLoader own = Weaver.class.getClassLoader();
  private final WeavingTime weaving = new WeavingTime();
  private final Map<ClassLoader, Boolean> loaders = new WeakHashMap<>();
  private final Set<String> libraries = new HashSet<>();
  private final List<String> warnings = new ArrayList<>();
  private int classesWoven;
  private final Object matching = new Object();
  private final AtomicInteger seenBefore = new AtomicInteger();
  private Runnable onFirstMatch;
  private volatile boolean matched;
  private volatile boolean active;

  /**
   * A weaver for the classes of an index.
   *
   * @param onFirstMatch run once, by the thread that loads the first class with probes: defines the
   *     recorder, which nothing here needs before. When it fails, nothing is woven
   */
  public Weaver(Index index, WovenCache cache, Runnable onFirstMatch) {
    this.index = index;
    this.superTypes = index.superTypes();
    this.cache = cache;
    Sites.resolveWith(index);
    this.onFirstMatch = onFirstMatch;
  }

  @Override
  public byte[] transform(
      Module module,
      ClassLoader loader,
      String name,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] bytes) {
    if (redefined == null) {
      count();
    }
    if (name == null) {
      return null;
    }
    byte[] hits = index.librariesOf(name);
    Set<String> roots = superTypes == null || loader == own ? Set.of() : roots(loader, name, bytes);
    if ((hits == null && roots.isEmpty()) || loader == own) {
      return null;
    }
    boolean jdk = isJdk(name);
    if (jdk && !(active || (matched && !isCore(name)))) {
      return null;
    }
    try {
      if (!jdk && !firstMatch()) {
        return null;
      }
      return sees(loader) ? timed(name, hits, roots, bytes) : hidden(name);
    } catch (Throwable t) {
      warn(
          "left "
              + name.replace('/', '.')
              + " untouched ("
              + t.getClass().getSimpleName()
              + "): its phase is missing from the report; please send the library's version");
      return null;
    }
  }

  /** From now on classes of the JDK's core are woven too, when they are retransformed. */
  public void activate() {
    active = true;
  }

  /** Whether there are probes for a loaded class, other than those of the JDK. */
  public boolean hasProbes(Class<?> type) {
    String name = type.getName().replace('.', '/');
    return !isCore(name)
        && (index.librariesOf(name) != null || (superTypes != null && superTypes.match(type)));
  }

  /** Whether there are probes for a loaded class of the JDK that is woven only where it is used. */
  public boolean isLate(Class<?> type) {
    String name = type.getName().replace('.', '/');
    return isJdk(name) && !isCore(name) && index.librariesOf(name) != null;
  }

  /** Internal names of the classes of the JDK's core that have probes. */
  public List<String> jdkTypes() {
    List<String> jdk = new ArrayList<>();
    for (String type : index.types()) {
      if (isCore(type)) {
        jdk.add(type);
      }
    }
    return jdk;
  }

  /** When and how long it was weaving. */
  public WeavingTime weaving() {
    return weaving;
  }

  /** Classes defined since the agent was installed. */
  public long classesSeen() {
    return seenBefore.get() + (matched ? Recorder.classesDefined() : 0);
  }

  /** Classes changed so far, without those of the JDK's core. */
  public synchronized int classesWoven() {
    return classesWoven;
  }

  /** Libraries with at least one woven class, by name. */
  public synchronized List<String> libraries() {
    String[] names = libraries.toArray(new String[0]);
    Arrays.sort(names);
    return List.of(names);
  }

  /** What went wrong so far. */
  public synchronized List<String> warnings() {
    List<String> all = new ArrayList<>(warnings);
    if (cache.warning() != null) {
      all.add(cache.warning());
    }
    return all;
  }

  /** Where woven classes come from and go to. */
  public WovenCache cache() {
    return cache;
  }

  /** Whether a class may be older than this weaver. */
  private static boolean isCore(String type) {
    return type.startsWith("java/util/")
        || type.startsWith("jdk/internal/misc/")
        || (type.startsWith("java/lang/") && !type.startsWith("java/lang/Process"));
  }

  /** Whether it is no sign of a library: any process may use networks and start processes. */
  private static boolean isJdk(String type) {
    return type.startsWith("java/")
        || type.startsWith("jdk/internal/misc/")
        || type.startsWith("sun/nio/")
        || type.startsWith("sun/security/");
  }

  private byte[] timed(String name, byte[] hits, Set<String> roots, byte[] bytes)
      throws ReflectiveOperationException {
    long begin = System.nanoTime();
    try {
      return weave(name, hits, roots, bytes);
    } finally {
      weaving.add(begin, System.nanoTime());
    }
  }

  private byte[] weave(String name, byte[] hits, Set<String> roots, byte[] bytes)
      throws ReflectiveOperationException {
    // What a class extends may change while its own bytes stay: then the cache knows nothing.
    boolean keep = roots.isEmpty();
    Woven woven = keep ? cache.find(name, bytes) : null;
    if (woven == null) {
      long begin = System.nanoTime();
      byte[] libraries = keep ? hits : index.andUser(hits);
      woven = new Weaving(index, name, libraries, roots).weave(bytes);
      weaving.addAnew(System.nanoTime() - begin);
      if (keep) {
        cache.add(name, bytes, woven);
      }
    }
    for (byte library : woven.hooked) {
      index.probes(library);
    }
    for (String warning : woven.warnings) {
      warn(warning);
    }
    if (woven.bytes.length == 0) {
      return null;
    }
    synchronized (this) {
      if (!isCore(name)) {
        classesWoven++;
      }
      for (byte library : woven.owners) {
        libraries.add(index.name(library));
      }
    }
    return woven.bytes;
  }

  /** Looks up what a class extends and implements. Counts as weaving. */
  private Set<String> roots(ClassLoader loader, String name, byte[] bytes) {
    long begin = System.nanoTime();
    try {
      return superTypes.of(loader, name, bytes);
    } catch (RuntimeException | LinkageError e) {
      // No class file, or one that is not there: other probes may still be for it.
      return Set.of();
    } finally {
      weaving.addLook(begin, System.nanoTime());
    }
  }

  /**
   * Whether classes of a loader find the recorder. Those of a loader that hides everything but
   * {@code java.*} from them (OSGi does) would not link once woven. Does not count as weaving: the
   * loader opens its archives for it, which the next class would make it do (decision 0049).
   */
  private boolean sees(ClassLoader loader) {
    if (loader == null || loader == ClassLoader.getSystemClassLoader()) {
      return true;
    }
    synchronized (loaders) {
      Boolean known = loaders.get(loader);
      if (known != null) {
        return known;
      }
    }
    boolean sees;
    try {
      sees = Class.forName(Recorder.class.getName(), false, loader) == Recorder.class;
    } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
      sees = false;
    }
    synchronized (loaders) {
      loaders.put(loader, sees);
    }
    return sees;
  }

  private byte[] hidden(String name) {
    warn(
        "left "
            + name.replace('/', '.')
            + " untouched: its class loader hides the recorder; let it delegate"
            + " dev.coldstart.bootstrap to its parent (OSGi: org.osgi.framework.bootdelegation=..,"
            + " JBoss Modules: -Djboss.modules.system.pkgs=dev.coldstart.bootstrap)");
    return null;
  }

  private void count() {
    if (matched) {
      Recorder.classDefined();
    } else {
      seenBefore.incrementAndGet();
    }
  }

  /** Whether there is a recorder: other threads wait here until the first one has made it. */
  private boolean firstMatch() {
    if (matched) {
      return true;
    }
    synchronized (matching) {
      Runnable first = onFirstMatch;
      onFirstMatch = null;
      if (first != null) {
        long begin = System.nanoTime();
        first.run();
        matched = true;
        weaving.add(begin, System.nanoTime());
      }
      return matched;
    }
  }

  private synchronized void warn(String warning) {
    if (warnings.size() < MAX_WARNINGS) {
      warnings.add(warning);
    }
  }
}
