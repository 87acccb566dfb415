package dev.coldstart.it.truth;

/** Where the acts are played: one method for each, so that each has a site of its own. */
final class Stage {
  static void play(Node node) throws Exception {
    switch (node.act) {
      case TOOL_REGISTRY -> toolRegistry(node);
      case VECTOR_STORE_CONNECT -> vectorStoreConnect(node);
      case VECTOR_STORE_QUERY -> vectorStoreQuery(node);
      case SCHEMA_VALIDATION -> schemaValidation(node);
      case EMBEDDING -> embedding(node);
      case AGENT_BUILD -> new Stage().agentBuild(node);
      case TOOL_CALL -> new Stage().toolCall(node);
      case TOOL_CALL_AGAIN -> new Stage().toolCallAgain(node);
      case DB_CONNECT -> dbConnect(node);
      case RERANK -> new Stage().rerank(node);
      case GUARD -> guard(node);
      case MEMORY -> memory(node);
    }
  }

  private static void toolRegistry(Node node) throws Exception {
    node.run();
  }

  private static void vectorStoreConnect(Node node) throws Exception {
    node.run();
  }

  private static void vectorStoreQuery(Node node) throws Exception {
    node.run();
  }

  private static void schemaValidation(Node node) throws Exception {
    node.run();
  }

  private static void embedding(Node node) throws Exception {
    node.run();
  }

  private void agentBuild(Node node) throws Exception {
    node.run();
  }

  private void toolCall(Node node) throws Exception {
    node.run();
  }

  private void toolCallAgain(Node node) throws Exception {
    node.run();
  }

  private static void dbConnect(Node node) throws Exception {
    node.run();
  }

  private Node rerank(Node node) throws Exception {
    node.run();
    return node;
  }

  private static synchronized void touch() {}

  private static void guard(Node node) throws Exception {
    touch();
    node.run();
  }

  private static void memory(Node node) throws Exception {
    node.run();
  }

  private Stage() {}
}
