package dev.coldstart.it.library;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;

/**
 * One answer in a wire format of OpenAI, as its reference documents them.
 *
 * @param whole the answer that is not streamed
 * @param opening first event of a streamed one: it says that there will be an answer
 * @param firstToken event with the first content, or with a tool call
 * @param rest further events
 * @param named whether each event's type is also its SSE name
 */
record ModelAnswer(
    String whole, String opening, String firstToken, List<String> rest, boolean named) {
  static final int INPUT_TOKENS = 200;
  static final int CACHED_TOKENS = 128;
  static final int OUTPUT_TOKENS = 3;

  /** Chat completions. */
  static ModelAnswer chat(JsonObject request, int cachedTokens) {
    String tool = tool(request, "messages", "role", "tool");
    String end = tool == null ? "stop" : "tool_calls";
    String usage =
        """
        {"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d,\
        "prompt_tokens_details":{"cached_tokens":%d}}"""
            .formatted(INPUT_TOKENS, OUTPUT_TOKENS, INPUT_TOKENS + OUTPUT_TOKENS, cachedTokens);
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
    String first = tool == null ? content("Hello") : call;
    String done = "{\"index\":0,\"delta\":{},\"finish_reason\":\"" + end + "\"}";
    return new ModelAnswer(
        whole,
        delta(request, "\"role\":\"assistant\",\"content\":\"\""),
        delta(request, first),
        List.of(
            delta(request, tool == null ? content(" there.") : ""),
            chunk(request, done, "null"),
            chunk(request, "", request.has("stream_options") ? usage : "null"),
            "[DONE]"),
        false);
  }

  /** The Responses API. */
  static ModelAnswer response(JsonObject request, int cachedTokens) {
    String tool = tool(request, "input", "type", "function_call_output");
    String item =
        tool == null
            ? """
            {"type":"message","id":"i1","role":"assistant","status":"completed","content":\
            [{"type":"output_text","text":"Hello there.","annotations":[]}]}"""
            : """
            {"type":"function_call","id":"i1","call_id":"call_1","name":"%s","arguments":"{}"}"""
                .formatted(tool);
    String whole =
        """
        {"id":"r1","object":"response","created_at":1,"status":"completed","model":"%s",\
        "parallel_tool_calls":true,"tool_choice":"auto","tools":[],\
        "output":[{"type":"reasoning","id":"t1","summary":[]},%s],\
        "usage":{"input_tokens":%d,"input_tokens_details":{"cached_tokens":%d},\
        "output_tokens":%d,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":%d}}"""
            .formatted(
                model(request),
                item,
                INPUT_TOKENS,
                cachedTokens,
                OUTPUT_TOKENS,
                INPUT_TOKENS + OUTPUT_TOKENS);
    String first =
        tool == null
            ? event("output_text.delta", "\"item_id\":\"i1\",\"delta\":\"Hello\",\"logprobs\":[]")
            : event("output_item.added", "\"item\":" + item);
    String next =
        tool == null
            ? event("output_text.delta", "\"item_id\":\"i1\",\"delta\":\" there.\"")
            : event("function_call_arguments.delta", "\"item_id\":\"i1\",\"delta\":\"{}\"");
    return new ModelAnswer(
        whole,
        event("created", "\"response\":" + whole),
        first,
        List.of(next, event("completed", "\"response\":" + whole)),
        true);
  }

  /** Embeddings, never streamed. */
  static ModelAnswer embedding(JsonObject request) {
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
            .formatted(model(request), data);
    return new ModelAnswer(whole, null, null, List.of(), false);
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

  private static String event(String type, String fields) {
    return """
        {"type":"response.%s","sequence_number":1,"output_index":0,"content_index":0,%s}"""
        .formatted(type, fields);
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
