package dev.coldstart.demo.langchain4j;

import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.TokenStream;

/** The agent. */
interface Assistant {
  @SystemMessage(
      """
      You are the assistant of a small online shop. Answer in one or two sentences.
      Use the tools for anything about an order, a customer or the weather, and the
      handbook passages in the question for the rules of the shop.
      """)
  TokenStream chat(String question);
}
