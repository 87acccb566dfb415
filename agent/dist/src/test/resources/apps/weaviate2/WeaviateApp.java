package dev.coldstart.it.app;

/** Weaviate's client of version 4. Arguments: see {@link Unusable}. */
public final class WeaviateApp implements Scenes.App {
  @Override
  public void prepare(Scenes scenes, String[] args) {
    WeaviateScenes.add(scenes, args);
  }
}
