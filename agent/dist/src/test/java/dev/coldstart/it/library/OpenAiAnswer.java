package dev.coldstart.it.library;

import static dev.coldstart.it.library.ModelAnswer.INPUT_TOKENS;
import static dev.coldstart.it.library.ModelAnswer.OUTPUT_TOKENS;
import static dev.coldstart.it.library.ModelAnswer.whole;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Answers in OpenAI's wire formats, as its reference documents them. */
final class OpenAiAnswer {
  private OpenAiAnswer() {}

  /** Chat completions of Azure: what its filters found comes first, without a choice. */
  static ModelAnswer azure(Asked asked) {
    asked.body().addProperty("model", asked.model());
    ModelAnswer answer = chat(asked);
    if (!asked.streamed()) {
      return answer;
    }
    List<byte[]> opening = new ArrayList<>();
    opening.add(
        ModelAnswer.event(
            """
            {"id":"","created":0,"model":"","object":"","choices":[],\
            "prompt_filter_results":[{"prompt_index":0,"content_filter_results":{}}]}"""));
    opening.addAll(answer.opening());
    return ModelAnswer.events(opening, answer.rest());
  }

  /** Chat completions. */
  static ModelAnswer chat(Asked asked) {
    JsonObject request = asked.body();
    String tool = tool(request, "messages", "role", "tool");
    String end = tool == null ? "stop" : "tool_calls";
    String usage =
        """
        {"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d,\
        "prompt_tokens_details":{"cached_tokens":%d}}"""
            .formatted(INPUT_TOKENS, OUTPUT_TOKENS, INPUT_TOKENS + OUTPUT_TOKENS, asked.read());
    String call =
        """
        "tool_calls":[{"index":0,"id":"call_1","type":"function",\
        "function":{"name":"%s","arguments":"{}"}}]"""
            .formatted(tool);
    String message = tool == null ? "\"content\":\"Hello there.\"" : "\"content\":null," + call;
    String whole =
        """
        {"id":"c1","created":1,"model":"%s","object":"chat.completion","usage":%s,"choices":\
        [{"index":0,"message":{"role":"assistant",%s},"finish_reason":"%s"}]}"""
            .formatted(model(request), usage, message, end);
    if (!asked.streamed()) {
      return whole(whole);
    }
    String first = tool == null ? content("Hello") : call;
    String done = "{\"index\":0,\"delta\":{},\"finish_reason\":\"" + end + "\"}";
    return ModelAnswer.events(
        List.of(
            ModelAnswer.event(delta(request, "\"role\":\"assistant\",\"content\":\"\"")),
            ModelAnswer.event(delta(request, "\"content\":null,\"reasoning_content\":\"Hm.\"")),
            ModelAnswer.event(delta(request, ""))),
        asked.ordered("mistral")
            ? mistral(request, first, tool, usage)
            : List.of(
                ModelAnswer.event(delta(request, first)),
                ModelAnswer.event(delta(request, tool == null ? content(" there.") : "")),
                ModelAnswer.event(chunk(request, done, "null")),
                ModelAnswer.event(
                    chunk(request, "", request.has("stream_options") ? usage : "null")),
                ModelAnswer.event("[DONE]")));
  }

  /** Mistral's stream has usage in the chunk that ends the answer, and a tool call at once. */
  private static List<byte[]> mistral(JsonObject request, String first, String tool, String usage) {
    String choice = "{\"index\":0,\"delta\":{\"content\":\"\"%s},\"finish_reason\":\"%s\"}";
    if (tool != null) {
      String called = choice.formatted("," + first, "tool_calls");
      return List.of(ModelAnswer.event(chunk(request, called, usage)), ModelAnswer.event("[DONE]"));
    }
    return List.of(
        ModelAnswer.event(delta(request, first)),
        ModelAnswer.event(delta(request, content(" there."))),
        ModelAnswer.event(chunk(request, choice.formatted("", "stop"), usage)),
        ModelAnswer.event("[DONE]"));
  }

  /** The Responses API. */
  static ModelAnswer response(Asked asked) {
    JsonObject request = asked.body();
    String tool = tool(request, "input", "type", "function_call_output");
    String item =
        tool == null
            ? """
            {"type":"message","id":"i1","role":"assistant","status":"completed","content":\
            [{"type":"output_text","text":"Hello there.","annotations":[]}]}"""
            : """
            {"type":"function_call","id":"i1","call_id":"call_1","name":"%s","arguments":"{}"}"""
                .formatted(tool);
    String reasoning = "{\"type\":\"reasoning\",\"id\":\"t1\",\"summary\":[]}";
    String whole =
        """
        {"id":"r1","object":"response","created_at":1,"status":"completed","model":"%s",\
        "parallel_tool_calls":true,"tool_choice":"auto","tools":[],\
        "output":[%s,%s],\
        "usage":{"input_tokens":%d,"input_tokens_details":{"cached_tokens":%d},\
        "output_tokens":%d,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":%d}}"""
            .formatted(
                model(request),
                reasoning,
                item,
                INPUT_TOKENS,
                asked.read(),
                OUTPUT_TOKENS,
                INPUT_TOKENS + OUTPUT_TOKENS);
    if (!asked.streamed()) {
      return whole(whole);
    }
    byte[] first =
        tool == null
            ? event("output_text.delta", "\"item_id\":\"i1\",\"delta\":\"Hello\",\"logprobs\":[]")
            : event("output_item.added", "\"item\":" + item);
    byte[] next =
        tool == null
            ? event("output_text.delta", "\"item_id\":\"i1\",\"delta\":\" there.\"")
            : event("function_call_arguments.delta", "\"item_id\":\"i1\",\"delta\":\"{}\"");
    return ModelAnswer.events(
        List.of(
            event("created", "\"response\":" + whole),
            event("output_item.added", "\"item\":" + reasoning),
            event("reasoning_summary_text.delta", "\"item_id\":\"t1\",\"delta\":\"Hm\"")),
        List.of(first, next, event("completed", "\"response\":" + whole)));
  }

  /** Embeddings, never streamed. */
  static ModelAnswer embedding(Asked asked) {
    JsonObject request = asked.body();
    JsonElement input = request.get("input");
    int count = input.isJsonArray() ? input.getAsJsonArray().size() : 1;
    StringBuilder data = new StringBuilder();
    for (int i = 0; i < count; i++) {
      data.append(i == 0 ? "" : ",")
          .append("{\"object\":\"embedding\",\"embedding\":[0.6,0.8],\"index\":")
          .append(i)
          .append('}');
    }
    String whole =
        """
        {"object":"list","model":"%s","data":[%s],"usage":{"prompt_tokens":1,"total_tokens":1}}"""
            .formatted(asked.model(), data);
    return whole(whole);
  }

  /** Of a request that is wrong, or of a server that has too much to do. */
  static ModelAnswer refusal() {
    return whole("{\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\"}}");
  }

  private static String delta(JsonObject request, String delta) {
    return chunk(request, "{\"index\":0,\"delta\":{" + delta + "},\"finish_reason\":null}", "null");
  }

  private static String chunk(JsonObject request, String choices, String usage) {
    return """
        {"id":"c1","created":1,"model":"%s","object":"chat.completion.chunk","choices":[%s],\
        "usage":%s}"""
        .formatted(model(request), choices, usage);
  }

  private static String content(String text) {
    return "\"content\":\"" + text + "\"";
  }

  private static byte[] event(String type, String fields) {
    return ModelAnswer.event(
        "response." + type,
        "\"sequence_number\":1,\"output_index\":0,\"content_index\":0,\"summary_index\":0,"
            + fields);
  }

  private static String model(JsonObject request) {
    return request.get("model").getAsString();
  }

  /** Name of the tool to call, null for an answer in words. */
  private static String tool(JsonObject request, String messages, String key, String isResult) {
    for (JsonElement message : array(request, messages)) {
      JsonElement kind = message.getAsJsonObject().get(key);
      if (kind != null && kind.getAsString().equals(isResult)) {
        return null;
      }
    }
    JsonArray tools = array(request, "tools");
    if (tools.isEmpty()) {
      return null;
    }
    JsonObject tool = tools.get(0).getAsJsonObject();
    JsonObject named = tool.has("function") ? tool.getAsJsonObject("function") : tool;
    return named.get("name").getAsString();
  }

  private static JsonArray array(JsonObject request, String name) {
    JsonElement value = request.get(name);
    return value != null && value.isJsonArray() ? value.getAsJsonArray() : new JsonArray();
  }
}
