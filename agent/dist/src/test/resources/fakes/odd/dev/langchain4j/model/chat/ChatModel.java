package dev.langchain4j.model.chat;

/** Has none of the methods the agent looks for. */
public interface ChatModel {
  String talk();
}
