package dev.coldstart.it.app;

import io.netty.channel.ChannelOption;
import java.time.Duration;
import reactor.netty.http.client.HttpClient;

/** Visits with Reactor Netty's client. */
public final class ReactorNettyVisits extends Visits {
  private final HttpClient client =
      HttpClient.create()
          .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TIMEOUT_MILLIS)
          .responseTimeout(Duration.ofMillis(TIMEOUT_MILLIS))
          .secure(
              tls ->
                  tls.sslContext(reactor.netty.http.Http11SslContextSpec.forClient())
                      .handshakeTimeoutMillis(TIMEOUT_MILLIS));

  @Override
  protected String get(String url) throws Exception {
    return client.get().uri(url).responseContent().aggregate().asString().block();
  }
}
