package dev.coldstart.weave;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What weaving gave in earlier runs, so that this one needs neither ASM nor the library files
 * without hooks. Read when the first class with probes is loaded; written by the agent's thread.
 *
 * <p>Nothing about it can stop a class from being woven: what is missing, damaged or not to be
 * trusted is woven anew, with one warning.
 */
public final class WovenCache {
  private static final long MAX_BYTES = WovenFile.MAX_BYTES / 2;
  private static final int MAX_ENTRIES = 4_000;

  /** Null: the one of this user. */
  private final File path;

  private final boolean asked;

  /** Null: there is no cache. */
  private LongSupplier user;

  private final Index index;
  private final List<WovenFile.Entry> added = new ArrayList<>();
  private final Set<String> used = new HashSet<>();

  /** Null until the first class with probes. */
  private CacheDir dir;

  private long key;
  private WovenFile file;
  private boolean refreshed;
  private String warning;

  private WovenCache(File path, boolean asked, LongSupplier user, Index index) {
    this.path = path;
    this.asked = asked;
    this.user = user;
    this.index = index;
  }

  /** No cache: every class is woven. */
  public static WovenCache off() {
    return new WovenCache(null, false, null, null);
  }

  /**
   * A cache in the directory that a user has unless the options say otherwise.
   *
   * @param user numeric id of this process' user, asked for when the cache is needed; negative when
   *     unknown: then there is none
   */
  public static WovenCache of(LongSupplier user, Index index) {
    return new WovenCache(null, false, user, index);
  }

  /**
   * A cache in a directory.
   *
   * @param path made when something is to be written
   * @param asked whether a user named the directory: then it is worth a warning when it cannot be
   *     made
   * @param user see {@link #of}
   */
  public static WovenCache in(File path, boolean asked, LongSupplier user, Index index) {
    return new WovenCache(path, asked, user, index);
  }

  /** What weaving this class gave before; null when it has to be woven. */
  synchronized Woven find(String name, byte[] original) {
    if (user == null) {
      return null;
    }
    if (dir == null) {
      open();
    }
    WovenFile.Entry entry = file == null ? null : file.find(name, original);
    if (entry == null) {
      return null;
    }
    try {
      Woven woven = file.read(entry);
      used.add(entry.id());
      return woven;
    } catch (IOException e) {
      warn("has a damaged entry, which was woven anew");
      return null;
    }
  }

  /** Keeps what weaving a class gave until {@link #save}. */
  synchronized void add(String name, byte[] original, Woven woven) {
    if (user != null && added.size() < MAX_ENTRIES) {
      added.add(WovenFile.Entry.of(name, original, woven));
    }
  }

  /** Whether {@link #save} has something to write. */
  public synchronized boolean isStale() {
    return !added.isEmpty();
  }

  /** Classes that were found so far. */
  public synchronized int hits() {
    return used.size();
  }

  /** What was odd about it, null when nothing was. */
  public synchronized String warning() {
    return warning;
  }

  /**
   * Writes what is new beside what other processes have written meanwhile, at the cost of what has
   * not been used here when it gets too much. Called by the agent's thread.
   */
  public void save() {
    List<WovenFile.Entry> fresh;
    Set<String> kept;
    synchronized (this) {
      if (dir == null) {
        return;
      }
      fresh = new ArrayList<>(added);
      kept = new HashSet<>(used);
      added.clear();
      if (fresh.isEmpty() && (refreshed || file == null)) {
        return;
      }
      refreshed = true;
    }
    try {
      if (fresh.isEmpty()) {
        dir.touch(key);
      } else if (dir.prepare()) {
        dir.write(key, merged(fresh, kept));
      }
    } catch (IOException | RuntimeException e) {
      warn("cannot be written (" + e.getClass().getSimpleName() + ")");
    }
    String odd = dir.oddity();
    if (odd != null) {
      warn(odd);
    }
  }

  private List<WovenFile.Entry> merged(List<WovenFile.Entry> fresh, Set<String> kept) {
    Map<String, WovenFile.Entry> all = new LinkedHashMap<>();
    long bytes = 0;
    for (WovenFile.Entry entry : fresh) {
      bytes += entry.bodyLength();
      all.put(entry.id(), entry);
    }
    File readable = dir.readable(key);
    if (readable == null) {
      return new ArrayList<>(all.values());
    }
    try (WovenFile current = WovenFile.open(readable, key)) {
      for (int round = 0; round < 2; round++) {
        for (WovenFile.Entry entry : current.entries()) {
          boolean turn = kept.contains(entry.id()) == (round == 0);
          boolean fits = bytes + entry.bodyLength() <= MAX_BYTES && all.size() < MAX_ENTRIES;
          if (turn && fits && !all.containsKey(entry.id())) {
            addTo(all, current, entry);
            bytes += entry.bodyLength();
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      // Replaced or damaged: what is new is written all the same.
    }
    return new ArrayList<>(all.values());
  }

  private static void addTo(
      Map<String, WovenFile.Entry> all, WovenFile from, WovenFile.Entry entry) {
    try {
      all.put(entry.id(), entry.with(from.read(entry)));
    } catch (IOException e) {
      // Damaged: left out.
    }
  }

  private void open() {
    long owner = user.getAsLong();
    if (owner < 0) {
      user = null;
      return;
    }
    key = new Checksum().add(index.key()).add(System.getProperty("java.vm.version", "")).value();
    File at =
        path == null
            ? new File(System.getProperty("java.io.tmpdir"), "coldstart-cache-" + owner)
            : path;
    dir = new CacheDir(at, asked, owner);
    try {
      File readable = dir.readable(key);
      String odd = dir.oddity();
      if (odd != null) {
        warn(odd);
      }
      file = readable == null ? null : WovenFile.open(readable, key);
    } catch (IOException | RuntimeException e) {
      warn("is damaged and was not used");
    }
  }

  private synchronized void warn(String what) {
    if (warning == null) {
      warning = "the cache of woven classes " + what;
    }
  }
}
