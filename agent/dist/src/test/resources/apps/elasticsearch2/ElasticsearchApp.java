package dev.coldstart.it.app;

/** Elasticsearch's clients of version 8. Argument: URL of the server. */
public final class ElasticsearchApp implements Scenes.App {
  @Override
  public void prepare(Scenes scenes, String[] args) {
    ElasticsearchScenes.add(scenes, args[0]);
  }
}
