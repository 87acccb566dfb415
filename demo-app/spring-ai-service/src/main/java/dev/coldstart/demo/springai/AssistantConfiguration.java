package dev.coldstart.demo.springai;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.advisor.vectorstore.QuestionAnswerAdvisor;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.mcp.SyncMcpToolCallbackProvider;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The agent: model, tools and handbook put together. Lazy, so the first question builds it. */
@Configuration(proxyBeanMethods = false)
@Lazy
class AssistantConfiguration {
  private static final String SYSTEM =
      """
      You are the assistant of a small online shop. Answer in one or two sentences.
      Use the tools for anything about an order, a customer or the weather, and the
      handbook passages in the question for the rules of the shop.
      """;

  @Bean
  ChatClient assistant(
      ChatModel model,
      VectorStore handbook,
      SyncMcpToolCallbackProvider mcpTools,
      ArgumentSchemas schemas,
      ShopProperties shop) {
    return ChatClient.builder(model)
        .defaultSystem(SYSTEM)
        .defaultTools(new ShopCalendar())
        .defaultToolCallbacks(new ShopTools(mcpTools, schemas, shop.toolListTtl()))
        .defaultAdvisors(
            QuestionAnswerAdvisor.builder(handbook)
                .searchRequest(SearchRequest.builder().topK(2).build())
                .build())
        .build();
  }
}
