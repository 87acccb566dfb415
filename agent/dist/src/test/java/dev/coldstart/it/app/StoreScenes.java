package dev.coldstart.it.app;

/**
 * What an app does with a vector store: makes one whose index is not there yet, makes one whose
 * index is there, and uses that again.
 */
public final class StoreScenes {
  /** The index that every server knows. */
  public static final String THERE = "handbook";

  private static final String NOT_YET = "not-there-yet";

  private Search search;

  /** A search in a store that has been made. */
  public interface Search {
    /** Asks for what is nearest to a vector. */
    void run() throws Exception;
  }

  /** A way to make a store. */
  public interface Store {
    /**
     * Makes a client or store as an application does at its start.
     *
     * @param create whether the index must be created and filled
     */
    Search open(String index, boolean create) throws Exception;
  }

  private StoreScenes() {}

  /** Adds the scenes of a way to use a store below a path, "" for none. */
  public static void add(Scenes scenes, String path, Store store) {
    StoreScenes played = new StoreScenes();
    scenes.add(path + "/new", out -> played.open(store, NOT_YET + path.replace('/', '-'), true));
    scenes.add(path + "/first", out -> played.open(store, THERE, false));
    scenes.add(path + "/again", out -> played.search.run());
  }

  private void open(Store store, String index, boolean create) throws Exception {
    search = store.open(index, create);
    search.run();
  }
}
