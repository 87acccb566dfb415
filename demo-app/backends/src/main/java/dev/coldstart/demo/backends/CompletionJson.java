package dev.coldstart.demo.backends;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The wire form of one answer: the chunks of a stream, or one whole completion. */
final class CompletionJson {
  private static final AtomicLong IDS = new AtomicLong();

  private final ChatPrompt prompt;
  private final ScriptedAnswer answer;
  private final boolean cached;
  private final long id = IDS.incrementAndGet();
  private final long created = System.currentTimeMillis() / 1000;

  CompletionJson(ChatPrompt prompt, ScriptedAnswer answer, boolean cached) {
    this.prompt = prompt;
    this.answer = answer;
    this.cached = cached;
  }

  ObjectNode roleChunk() {
    ObjectNode delta = StandInServer.JSON.createObjectNode();
    delta.put("role", "assistant").put("content", "");
    return chunk(delta, null);
  }

  List<ObjectNode> contentChunks() {
    List<ObjectNode> chunks = new ArrayList<>();
    if (answer.isToolCall()) {
      // Name first, arguments after it: clients have to put the call together.
      chunks.add(chunk(toolCallDelta(toolCall("")), null));
      ObjectNode rest = StandInServer.JSON.createObjectNode();
      rest.put("index", 0).putObject("function").put("arguments", answer.arguments());
      chunks.add(chunk(toolCallDelta(rest), null));
    }
    for (String piece : answer.pieces()) {
      chunks.add(chunk(StandInServer.JSON.createObjectNode().put("content", piece), null));
    }
    return chunks;
  }

  ObjectNode finishChunk() {
    return chunk(StandInServer.JSON.createObjectNode(), finishReason());
  }

  ObjectNode usageChunk() {
    ObjectNode chunk = envelope("chat.completion.chunk");
    chunk.putArray("choices");
    chunk.set("usage", usage());
    return chunk;
  }

  ObjectNode whole() {
    ObjectNode whole = envelope("chat.completion");
    ObjectNode choice = whole.putArray("choices").addObject();
    choice.put("index", 0).put("finish_reason", finishReason());
    ObjectNode message = choice.putObject("message").put("role", "assistant");
    if (answer.isToolCall()) {
      message.putNull("content");
      message.putArray("tool_calls").add(toolCall(answer.arguments()));
    } else {
      message.put("content", String.join("", answer.pieces()));
    }
    whole.set("usage", usage());
    return whole;
  }

  private String finishReason() {
    return answer.isToolCall() ? "tool_calls" : "stop";
  }

  private ObjectNode toolCall(String arguments) {
    ObjectNode call = StandInServer.JSON.createObjectNode();
    call.put("index", 0).put("id", "call_" + id).put("type", "function");
    call.putObject("function").put("name", answer.toolName()).put("arguments", arguments);
    return call;
  }

  private static ObjectNode toolCallDelta(ObjectNode call) {
    ObjectNode delta = StandInServer.JSON.createObjectNode();
    delta.putArray("tool_calls").add(call);
    return delta;
  }

  private ObjectNode chunk(ObjectNode delta, String finishReason) {
    ObjectNode chunk = envelope("chat.completion.chunk");
    ArrayNode choices = chunk.putArray("choices");
    choices.addObject().put("index", 0).put("finish_reason", finishReason).set("delta", delta);
    return chunk;
  }

  private ObjectNode envelope(String object) {
    ObjectNode json = StandInServer.JSON.createObjectNode();
    json.put("id", "chatcmpl-" + id).put("object", object);
    json.put("created", created).put("model", prompt.model());
    return json;
  }

  private ObjectNode usage() {
    ObjectNode usage = StandInServer.JSON.createObjectNode();
    usage.put("prompt_tokens", prompt.promptTokens()).put("completion_tokens", answer.tokens());
    usage.put("total_tokens", prompt.promptTokens() + answer.tokens());
    usage
        .putObject("prompt_tokens_details")
        .put("cached_tokens", cached ? prompt.prefixTokens() : 0);
    return usage;
  }
}
