package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of streams that Bedrock passes on, as providers document them. */
class ProviderJsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'content_block_delta','delta':{'type':'text_delta','text':'Hi'}}",
        "{ 'contentBlockDelta' : { 'delta' : { 'text' : 'Hi' } } }",
        "{'outputText':'Hi','index':0}",
        "{'generation':'Hi','stop_reason':null}",
        "{'outputs':[{'text':'Hi','stop_reason':null}]}",
        "{'choices':[{'delta':{'role':'assistant','content':'Hi'}}]}"
      })
  void content(String json) {
    ModelCall call = read(json);

    assertThat(call.firstContentNanos()).isNotZero();
    assertThat(call.firstToolCallNanos()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'message_start','message':{'role':'assistant','content':[]}}",
        "{'type':'content_block_start','content_block':{'type':'text','text':''}}",
        "{'type':'content_block_delta','delta':{'type':'thinking_delta','thinking':'Hm'}}",
        "{'contentBlockDelta':{'delta':{'reasoningContent':{'reasoningText':{'text':'Hm'}}}}}",
        "{'choices':[{'delta':{'role':'assistant','content':'','reasoning_content':'Hm'}}]}",
        "{'choices':[{'delta':{'content':'','tool_calls':[]}}]}",
        "{'generation':null,'prompt_token_count':5}",
        "{'text'",
        ""
      })
  void noContent(String json) {
    ModelCall call = read(json);

    assertThat(call.firstContentNanos()).isZero();
    assertThat(call.firstToolCallNanos()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'type':'content_block_start','content_block':{'type':'tool_use','name':'today'}}",
        "{'contentBlockStart':{'start':{'toolUse':{'name':'today'}}}}",
        "{'choices':[{'delta':{'content':null,'tool_calls':[{'id':'1'}]}}]}"
      })
  void toolCall(String json) {
    ModelCall call = read(json);

    assertThat(call.firstContentNanos()).isZero();
    assertThat(call.firstToolCallNanos()).isNotZero();
  }

  @Test
  void countsAreInTheLastPart() {
    ModelCall call =
        read(
            "{'type':'message_stop','amazon-bedrock-invocationMetrics':{'inputTokenCount': 20,"
                + "'outputTokenCount':3,'cacheReadInputTokenCount':1000}}");

    assertThat(call.usage()).isEqualTo(new Usage(1020L, 1000L, null, 3L, null));
  }

  private static ModelCall read(String json) {
    ModelCall call = ModelCall.detached("aws.bedrock", true, System.nanoTime());
    ProviderJson.read(call, json.replace('\'', '"'));
    return call;
  }
}
