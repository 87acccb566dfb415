package dev.coldstart.it.app;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.PayloadPart;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolInputSchema;
import software.amazon.awssdk.services.bedrockruntime.model.ToolSpecification;

/** Every way to call a model with the Bedrock runtime SDK. Argument: URL of the server. */
public final class BedrockApp implements Scenes.App {
  private static final String MODEL = "m-chat";

  private BedrockRuntimeClient client;
  private BedrockRuntimeAsyncClient async;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    client = at(args[0], BedrockRuntimeClient.builder()).build();
    async =
        at(args[0], BedrockRuntimeAsyncClient.builder())
            .httpClientBuilder(NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1))
            .build();
    scenes.add(
        "/converse/whole",
        out -> out.write(text(client.converse(converse(out.model(MODEL), false)))));
    scenes.add("/converse/tool", out -> client.converse(converse(MODEL, true)));
    scenes.add(
        "/converse/async",
        out ->
            done(
                async
                    .converse(converse(out.model(MODEL), false))
                    .thenAccept(a -> out.write(text(a)))));
    scenes.add("/converse/stream", out -> stream(out.model(MODEL), false, out));
    scenes.add("/converse/tool-stream", out -> stream(MODEL, true, out));
    scenes.add("/invoke/whole", out -> out.write(client.invokeModel(invoke(MODEL)).toString()));
    scenes.add(
        "/invoke/async",
        out -> done(async.invokeModel(invoke(MODEL)).thenAccept(a -> out.write(a.toString()))));
    scenes.add("/invoke/stream", out -> invokeStream(out.model(MODEL), out));
    scenes.add("/embed", out -> client.invokeModel(invoke("m-embed-text")));
    scenes.add("/failing", this::failing);
    scenes.add("/cancelled", out -> cancelled());
  }

  private static <B extends AwsClientBuilder<B, ?>> B at(String url, B builder) {
    return builder
        .endpointOverride(URI.create(url))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")));
  }

  private static Message question() {
    return Message.builder()
        .role(ConversationRole.USER)
        .content(ContentBlock.fromText("s3cr3t-prompt"))
        .build();
  }

  private static ToolConfiguration tools() {
    Document schema = Document.mapBuilder().putString("type", "object").build();
    return ToolConfiguration.builder()
        .tools(
            Tool.fromToolSpec(
                ToolSpecification.builder()
                    .name("today")
                    .inputSchema(ToolInputSchema.fromJson(schema))
                    .build()))
        .build();
  }

  private static ConverseRequest converse(String model, boolean tool) {
    return ConverseRequest.builder()
        .modelId(model)
        .messages(question())
        .toolConfig(tool ? tools() : null)
        .build();
  }

  private static InvokeModelRequest invoke(String model) {
    return InvokeModelRequest.builder().modelId(model).body(body()).build();
  }

  private static SdkBytes body() {
    return SdkBytes.fromUtf8String("{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
  }

  private static String text(ConverseResponse response) {
    StringBuilder text = new StringBuilder();
    response.output().message().content().forEach(block -> text.append(block.text()));
    return text.toString();
  }

  private void stream(String model, boolean tool, Scenes.Answer out) throws Exception {
    ConverseStreamRequest request =
        ConverseStreamRequest.builder()
            .modelId(model)
            .messages(question())
            .toolConfig(tool ? tools() : null)
            .build();
    ConverseStreamResponseHandler handler =
        ConverseStreamResponseHandler.builder()
            .subscriber(
                event -> {
                  if (event instanceof ContentBlockDeltaEvent delta
                      && delta.delta().text() != null) {
                    out.write(delta.delta().text());
                  }
                })
            .build();
    done(async.converseStream(request, handler));
  }

  private void invokeStream(String model, Scenes.Answer out) throws Exception {
    InvokeModelWithResponseStreamRequest request =
        InvokeModelWithResponseStreamRequest.builder().modelId(model).body(body()).build();
    InvokeModelWithResponseStreamResponseHandler handler =
        InvokeModelWithResponseStreamResponseHandler.builder()
            .subscriber(
                event -> {
                  if (event instanceof PayloadPart part
                      && part.bytes().asUtf8String().contains("text_delta")) {
                    out.write(part.bytes().asUtf8String());
                  }
                })
            .build();
    done(async.invokeModelWithResponseStream(request, handler));
  }

  private void failing(Scenes.Answer out) {
    try {
      client.converse(converse("m-refused", false));
    } catch (RuntimeException e) {
      // As it should be; so are the others.
    }
    try {
      done(async.converse(converse("m-refused", false)));
    } catch (Exception e) {
      // Told by the future.
    }
    try {
      stream("m-refused", false, out);
    } catch (Exception e) {
      // Refused before the first event.
    }
  }

  /** What the SDK does when a caller no longer wants the answer must still happen. */
  private void cancelled() throws Exception {
    CompletableFuture<ConverseResponse> answer = async.converse(converse("m-5000ms", false));
    TimeUnit.MILLISECONDS.sleep(200);
    answer.cancel(true);
  }

  private static void done(CompletableFuture<?> answer) throws Exception {
    answer.get(30, TimeUnit.SECONDS);
  }
}
