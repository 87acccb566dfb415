package dev.coldstart.it.app;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;

/** The scenes on Netty's HTTP codec: handlers run on the event loop and hand over. */
public final class NettyScenes implements ServerScenes.App {
  @Override
  @SuppressWarnings("deprecation") // its successor is not in 4.1
  public int start() throws Exception {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(new NioEventLoopGroup(2))
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(), new HttpObjectAggregator(1 << 16), new Handler());
                  }
                });
    Channel server = bootstrap.bind("127.0.0.1", 0).sync().channel();
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  private static final class Handler extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request)
        throws Exception {
      String uri = request.uri();
      int parameter = uri.indexOf(';');
      String path = parameter < 0 ? new QueryStringDecoder(uri).path() : uri.substring(0, parameter);
      Reply reply = new Reply(context, HttpUtil.isKeepAlive(request));
      if (path.equals("/plain") || path.equals("/throws")) {
        // What does not wait may run on the event loop.
        ServerScenes.play(path, reply);
        reply.end();
      } else {
        ServerScenes.later(path, reply);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) throws IOException {
      Reply reply = new Reply(context, true);
      reply.status(500);
      reply.end();
    }
  }

  private static final class Reply implements ServerScenes.Reply {
    private final ChannelHandlerContext context;
    private final boolean keepAlive;
    private HttpResponseStatus status = HttpResponseStatus.OK;
    private boolean begun;

    Reply(ChannelHandlerContext context, boolean keepAlive) {
      this.context = context;
      this.keepAlive = keepAlive;
    }

    @Override
    public void status(int code) {
      status = HttpResponseStatus.valueOf(code);
    }

    @Override
    public void write(String text) throws IOException {
      begin();
      send(new DefaultHttpContent(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8)));
    }

    @Override
    public void end() throws IOException {
      begin();
      send(LastHttpContent.EMPTY_LAST_CONTENT);
      if (!keepAlive) {
        context.close();
      }
    }

    private void begin() throws IOException {
      if (!begun) {
        begun = true;
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status);
        if (status.code() != 204) {
          response.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        send(response);
      }
    }

    private void send(Object message) throws IOException {
      try {
        var written = context.writeAndFlush(message);
        if (!context.executor().inEventLoop()) {
          written.get();
        }
      } catch (InterruptedException | ExecutionException e) {
        throw new IOException(e);
      }
    }
  }
}
