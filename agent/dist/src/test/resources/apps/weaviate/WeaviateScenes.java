package dev.coldstart.it.app;

import io.weaviate.client.Config;
import io.weaviate.client.WeaviateClient;
import io.weaviate.client.base.Result;
import io.weaviate.client.v1.data.model.WeaviateObject;
import io.weaviate.client.v1.graphql.query.argument.NearVectorArgument;
import io.weaviate.client.v1.graphql.query.fields.Field;
import io.weaviate.client.v1.schema.model.WeaviateClass;

/** Weaviate's client, as its versions 4 and 5 have it. */
final class WeaviateScenes {
  private WeaviateScenes() {}

  static void add(Scenes scenes, int port) {
    StoreScenes.add(
        scenes, "/client", (index, create) -> open("127.0.0.1:" + port, className(index)));
  }

  /** Classes begin with a capital letter. */
  static String className(String index) {
    return Character.toUpperCase(index.charAt(0)) + index.substring(1).replace('-', '_');
  }

  private static StoreScenes.Search open(String host, String type) {
    WeaviateClient client = new WeaviateClient(new Config("http", host));
    value(client.misc().metaGetter().run());
    if (!value(client.schema().exists().withClassName(type).run())) {
      WeaviateClass made = WeaviateClass.builder().className(type).build();
      value(client.schema().classCreator().withClass(made).run());
      WeaviateObject object =
          WeaviateObject.builder().className(type).vector(new Float[] {0.6f, 0.8f}).build();
      value(client.batch().objectsBatcher().withObjects(object).run());
    }
    return () ->
        value(
            client
                .graphQL()
                .get()
                .withClassName(type)
                .withNearVector(
                    NearVectorArgument.builder().vector(new Float[] {0.6f, 0.8f}).build())
                .withFields(Field.builder().name("text").build())
                .withLimit(1)
                .run());
  }

  private static <T> T value(Result<T> result) {
    if (result.hasErrors()) {
      throw new IllegalStateException(result.getError().toString());
    }
    return result.getResult();
  }
}
