package dev.coldstart.it.app;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http2.Http2UpgradeHandler;
import io.undertow.util.SameThreadExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The scenes on Undertow's own handlers. */
public final class UndertowScenes implements ServerScenes.App {
  @Override
  public int start() {
    Undertow server =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(new Http2UpgradeHandler(UndertowScenes::handle))
            .build();
    server.start();
    return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }

  private static void handle(HttpServerExchange exchange) throws Exception {
    String path = exchange.getRequestPath();
    Reply reply = new Reply(exchange);
    if (ServerScenes.isLater(path)) {
      exchange.dispatch(SameThreadExecutor.INSTANCE, () -> ServerScenes.later(path, reply));
    } else if (exchange.isInIoThread()) {
      exchange.dispatch(UndertowScenes::handle);
    } else {
      ServerScenes.play(path, reply);
      reply.end();
    }
  }

  private static final class Reply implements ServerScenes.Reply {
    private final HttpServerExchange exchange;

    Reply(HttpServerExchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public void status(int status) {
      exchange.setStatusCode(status);
    }

    @Override
    public void write(String text) throws IOException {
      if (!exchange.isBlocking()) {
        exchange.startBlocking();
      }
      exchange.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      exchange.getOutputStream().flush();
    }

    @Override
    public void end() {
      exchange.endExchange();
    }
  }
}
