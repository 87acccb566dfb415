package dev.coldstart.it.app;

import io.weaviate.client.Config;
import io.weaviate.client.WeaviateAuthClient;
import io.weaviate.client.WeaviateClient;
import io.weaviate.client.base.Result;
import io.weaviate.client.base.WeaviateError;
import io.weaviate.client.v1.data.model.WeaviateObject;
import io.weaviate.client.v1.graphql.query.argument.NearVectorArgument;
import io.weaviate.client.v1.graphql.query.fields.Field;
import io.weaviate.client.v1.schema.model.WeaviateClass;

/** Weaviate's client, as its versions 4 and 5 have it. */
final class WeaviateScenes {
  private WeaviateScenes() {}

  static void add(Scenes scenes, String[] args) {
    StoreScenes.add(scenes, "/client", (index, create) -> open(args[0], className(index), 20));
    Unusable.add(scenes, args, port -> open(port, "Handbook", 2).run());
  }

  /** Classes begin with a capital letter. */
  static String className(String index) {
    return Character.toUpperCase(index.charAt(0)) + index.substring(1).replace('-', '_');
  }

  private static StoreScenes.Search open(String at, String type, int seconds) throws Exception {
    String scheme = at.startsWith("tls:") ? "https" : "http";
    String host = "127.0.0.1:" + at.substring(at.indexOf(':') + 1);
    WeaviateClient client =
        WeaviateAuthClient.apiKey(
            new Config(scheme, host, null, seconds, seconds, seconds),
            "secret-word");
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

  /** It gives back what went wrong. */
  private static <T> T value(Result<T> result) {
    if (!result.hasErrors()) {
      return result.getResult();
    }
    WeaviateError error = result.getError();
    throw new IllegalStateException(
        "status " + error.getStatusCode(),
        error.getMessages() == null ? null : error.getMessages().get(0).getThrowable());
  }
}
