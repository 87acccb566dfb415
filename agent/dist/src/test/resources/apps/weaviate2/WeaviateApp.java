package dev.coldstart.it.app;

/** Weaviate's client of version 4. Argument: port of the server. */
public final class WeaviateApp implements Scenes.App {
  @Override
  public void prepare(Scenes scenes, String[] args) {
    WeaviateScenes.add(scenes, Integer.parseInt(args[0]));
  }
}
