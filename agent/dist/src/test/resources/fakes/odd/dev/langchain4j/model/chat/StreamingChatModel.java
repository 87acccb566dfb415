package dev.langchain4j.model.chat;

public final class StreamingChatModel {
  public static String chat() {
    return "static";
  }

  public int chat(int depth) {
    return depth == 0 ? 0 : 1 + chat(depth - 1);
  }

  public String chat(String text, long more) {
    if (text == null) {
      throw new NullPointerException("mine");
    }
    return text + more;
  }
}
