package dev.coldstart.it.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Connects with the JDK's channels, no more; the scheme of a URL names the way. */
public final class ChannelVisits extends Visits {
  @Override
  protected String get(String url) throws Exception {
    URI uri = URI.create(url);
    InetSocketAddress to = new InetSocketAddress(uri.getHost(), uri.getPort());
    try {
      switch (uri.getScheme()) {
        case "blocking" -> SocketChannel.open(to).close();
        case "selector" -> select(to);
        case "future" -> future(to);
        default -> handler(to);
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
    return "visited";
  }

  /** A thread that serves everybody finishes it. */
  private static void select(InetSocketAddress to) throws Exception {
    CompletableFuture<Boolean> connected = new CompletableFuture<>();
    try (SocketChannel channel = SocketChannel.open();
        Selector selector = Selector.open()) {
      channel.configureBlocking(false);
      if (!channel.connect(to)) {
        channel.register(selector, SelectionKey.OP_CONNECT);
        Thread loop =
            new Thread(
                () -> {
                  try {
                    selector.select();
                    connected.complete(channel.finishConnect());
                  } catch (IOException e) {
                    connected.completeExceptionally(e);
                  }
                });
        loop.start();
        connected.get();
      }
    }
  }

  private static void future(InetSocketAddress to) throws Exception {
    try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
      Future<Void> connected = channel.connect(to);
      connected.get();
    }
  }

  private static void handler(InetSocketAddress to) throws Exception {
    CompletableFuture<Void> connected = new CompletableFuture<>();
    try (AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
      channel.connect(
          to,
          null,
          new CompletionHandler<Void, Void>() {
            @Override
            public void completed(Void result, Void attachment) {
              connected.complete(null);
            }

            @Override
            public void failed(Throwable thrown, Void attachment) {
              connected.completeExceptionally(thrown);
            }
          });
      connected.get();
    }
  }
}
