package dev.coldstart.library;

import dev.coldstart.weave.Library;
import dev.coldstart.weave.ModelClient;
import dev.coldstart.weave.ModelDialect;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.StainlessSdk;
import dev.coldstart.weave.UsagePaths;
import java.util.List;

/**
 * The official Anthropic SDK: messages, whole and streamed, blocking and asynchronous, and beta.
 */
public final class AnthropicJava implements Library {
  @Override
  public String name() {
    return "anthropic-java";
  }

  @Override
  public String testedVersions() {
    return "1.0.0, 3.12.0";
  }

  @Override
  public List<Probe> probes() {
    return new StainlessSdk("com.anthropic.", new ModelClient(dialect()))
        .calls("MessageService", "beta.MessageService");
  }

  /** With the other names that version 1.0 has for events of a message and for beta's blocks. */
  private static ModelDialect dialect() {
    return new ModelDialect("anthropic")
        .model("model", "asString")
        .content("content", "text", "text")
        .content("contentBlockDelta", "delta", "text", "text")
        .content("contentBlockDelta", "delta", "betaText", "text")
        .toolCall("content", "toolUse")
        .toolCall("contentBlockStart", "contentBlock", "toolUse")
        .toolCall("contentBlockStart", "contentBlock", "betaToolUse")
        .usage("usage")
        .usage("messageStart", "message", "usage")
        .usage("start", "message", "usage")
        .usage("messageDelta", "usage")
        .usage("delta", "usage")
        .counts(
            new UsagePaths()
                .input("inputTokens")
                .cachedApart("cacheReadInputTokens")
                .writtenApart("cacheCreationInputTokens")
                .output("outputTokens"));
  }
}
