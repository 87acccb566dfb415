package dev.coldstart.library;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.weave.At;
import dev.coldstart.weave.EntryHook;
import dev.coldstart.weave.Inbound;
import dev.coldstart.weave.JoinHook;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.Server;
import java.util.List;

/**
 * Requests of servers made of Netty's HTTP codecs, as they pass {@code HttpServerCodec} (HTTP/1.1)
 * or the codec of one HTTP/2 stream: Reactor Netty, Spring WebFlux, Micronaut, and plain handlers.
 * The channel is the request until the response's last content. A request that a client sends
 * before it has the answer to the last one (pipelining) is taken for a part of that.
 */
public final class NettyHttp implements Library {
  private static final String NAME = "netty-http";
  private static final Server SERVER = Server.named(NAME);
  private static final String CHANNEL = "io.netty.channel.";
  private static final String CODEC = "io.netty.handler.codec.";
  private static final String SERVER_CODEC = CODEC + "http.HttpServerCodec";
  private static final String STREAM_CODEC = CODEC + "http2.Http2StreamFrameToHttpObjectCodec";
  private static final int FINAL_STATUS = 200;
  private static final int SWITCHING_PROTOCOLS = 101;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String testedVersions() {
    return "4.1.137, 4.2.20 (in Spring Boot 3.5; Reactor Netty 1.1.28, 1.3.7)";
  }

  @Override
  public List<Probe> probes() {
    At channel = At.argument(0, "channel");
    String both = CHANNEL + "CombinedChannelDuplexHandler";
    return List.of(
        Probe.read(both, "channelRead", new Arrived()).alsoIn(CODEC + "MessageToMessageCodec"),
        // The first message of the list that a decoder adds to.
        Probe.read(
                SERVER_CODEC + "$HttpServerRequestDecoder",
                "decode",
                SERVER
                    .begins(
                        channel,
                        At.argument(2, "method"),
                        At.argument(2, "uri"),
                        At.argument(2, "headers", "get:traceparent"))
                    .atReturn())
            .alsoIn(STREAM_CODEC),
        Probe.read(CODEC + "http.HttpObjectEncoder", "encode", new Answered())
            .arity(3)
            .alsoIn(STREAM_CODEC),
        Probe.read(both, "channelInactive", SERVER.breaks(channel)),
        Probe.read(
            CODEC + "http2.AbstractHttp2StreamChannel", "streamClosed", SERVER.breaks(At.self())),
        Server.ready("Netty server bound", CHANNEL + "socket.nio.NioServerSocketChannel", "doBind")
            .alsoIn(
                CHANNEL + "epoll.EpollServerSocketChannel",
                CHANNEL + "kqueue.KQueueServerSocketChannel",
                CHANNEL + "uring.IoUringServerSocketChannel"));
  }

  /** Bytes of a connection, or a frame of a stream: for the request that is open, or a new one. */
  private static final class Arrived extends JoinHook {
    @Override
    protected int join(Object self, Object[] args) {
      String type = self.getClass().getName();
      if (!type.equals(SERVER_CODEC) && !type.equals(STREAM_CODEC)) {
        return -1;
      }
      Trace trace = Inbound.of(Read.path(args[0], "channel"));
      return Recorder.join(trace);
    }
  }

  /** A response, a part of its body, or the last one: (context, message, list). */
  private static final class Answered extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      Object channel = Read.path(args[0], "channel");
      Trace trace = Inbound.of(channel);
      if (trace == null) {
        return;
      }
      Object message = args[1];
      Long status = Read.number(message, "status", "code");
      if (status != null) {
        Server.status(trace, status.intValue());
      }
      if (bytes(message) > 0) {
        Server.body(trace);
      }
      boolean last = Read.path(message, "trailingHeaders") != null;
      boolean interim = status != null && status < FINAL_STATUS && status != SWITCHING_PROTOCOLS;
      if (last && !interim) {
        Inbound.end(NAME, channel);
      }
    }

    /** Of content, of a bare buffer, or of a part of a file. */
    private static long bytes(Object message) {
      Long bytes = Read.number(message, "content", "readableBytes");
      if (bytes == null) {
        bytes = Read.number(message, "readableBytes");
      }
      if (bytes == null) {
        bytes = Read.number(message, "count");
      }
      return bytes == null ? 0 : bytes;
    }
  }
}
