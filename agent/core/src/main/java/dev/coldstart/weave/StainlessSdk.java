package dev.coldstart.weave;

import java.util.ArrayList;
import java.util.List;

/**
 * The SDKs that Stainless generates (OpenAI's, Anthropic's) differ in their packages only: services
 * whose overloads without options are interface defaults that end in those with two parameters, a
 * blocking and an asynchronous stream of chunks, and OkHttp below.
 */
public final class StainlessSdk {
  /** The layer below, which some ask themselves because it has headers (Spring AI 2.0). */
  private static final String RAW = "$WithRawResponseImpl";

  private final String root;
  private final ModelClient api;

  /**
   * An SDK.
   *
   * @param root package of the SDK, ending in a dot
   * @param api reads its requests and answers
   */
  public StainlessSdk(String root, ModelClient api) {
    this.root = root;
    this.api = api;
  }

  /** Name of a blocking service's class, given that below its package. */
  public String blocking(String service) {
    return root + "services.blocking." + service + "Impl";
  }

  /** Name of an asynchronous service's class. */
  public String async(String service) {
    return root + "services.async." + service + "AsyncImpl";
  }

  /** Model calls of services with {@code create} and {@code createStreaming}. */
  public List<Probe> calls(String... services) {
    String stream = root + "core.http.StreamResponseKt$map$1";
    // Made inside createStreaming, of the future of the stream that will have the chunks.
    String asyncStream = root + "core.http.AsyncStreamResponseKt$toAsync$1";
    String transport = root + "client.okhttp.OkHttpClient";
    List<Probe> probes = new ArrayList<>();
    for (String service : services) {
      probes.add(Probe.read(blocking(service), "create", api.whole()).arity(2));
      probes.add(Probe.read(async(service), "create", api.whole()).arity(2).replacingResult());
      probes.add(
          Probe.read(blocking(service), "createStreaming", api.streamed())
              .alsoIn(async(service), blocking(service) + RAW, async(service) + RAW)
              .arity(2));
      probes.add(
          Probe.read(blocking(service) + RAW, "create", api.held())
              .alsoIn(async(service) + RAW)
              .arity(2));
    }
    probes.add(Probe.read(root + "core.http.HttpResponseForKt$parseable$1", "parse", api.opened()));
    probes.add(Probe.read(asyncStream, "<init>", api.made()));
    probes.add(Probe.read(stream, "stream", api.parts()).replacingResult());
    probes.add(Probe.read(stream, "close", api.closed()).alsoIn(asyncStream));
    probes.add(Probe.read(transport, "execute", new HandOver()));
    probes.add(Probe.read(transport, "executeAsync", new HandOver()));
    return probes;
  }
}
