package dev.coldstart.weave;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a provider's usage object keeps its counts: paths of getters, as {@link Read#first} follows
 * them. Several paths for one count are alternatives; what none of them leads to is unknown. Made
 * complete before it is used; then safe for threads.
 */
public final class UsagePaths implements Usage.Reader {
  private final List<String[]> inputs = new ArrayList<>();
  private final List<String[]> cached = new ArrayList<>();
  private final List<String[]> cachedApart = new ArrayList<>();
  private final List<String[]> written = new ArrayList<>();
  private final List<String[]> writtenApart = new ArrayList<>();
  private final List<String[]> outputs = new ArrayList<>();
  private final List<String[]> modelLoads = new ArrayList<>();

  /** Prompt tokens: all, but for those that are counted apart. */
  public UsagePaths input(String... path) {
    inputs.add(path);
    return this;
  }

  /** Those of them that were read from the cache. */
  public UsagePaths cached(String... path) {
    cached.add(path);
    return this;
  }

  /** Those that were read from the cache and that the count of input lacks (Anthropic, Bedrock). */
  public UsagePaths cachedApart(String... path) {
    cachedApart.add(path);
    return this;
  }

  /** Those of the input that were written to the cache. */
  public UsagePaths written(String... path) {
    written.add(path);
    return this;
  }

  /** Those that were written to the cache and that the count of input lacks. */
  public UsagePaths writtenApart(String... path) {
    writtenApart.add(path);
    return this;
  }

  /** Answer tokens. */
  public UsagePaths output(String... path) {
    outputs.add(path);
    return this;
  }

  /** Time the server took to load the model, ns. */
  public UsagePaths modelLoad(String... path) {
    modelLoads.add(path);
    return this;
  }

  @Override
  public Usage read(Object usage) {
    Long input = count(usage, inputs);
    Long readApart = count(usage, cachedApart);
    Long wroteApart = count(usage, writtenApart);
    return new Usage(
        input == null ? null : (Long) (input + known(readApart) + known(wroteApart)),
        readApart != null ? readApart : count(usage, cached),
        wroteApart != null ? wroteApart : count(usage, written),
        count(usage, outputs),
        count(usage, modelLoads));
  }

  private static Long count(Object usage, List<String[]> paths) {
    for (String[] path : paths) {
      if (Read.first(usage, path) instanceof Number n) {
        return n.longValue();
      }
    }
    return null;
  }

  private static long known(Long count) {
    return count == null ? 0 : count;
  }
}
