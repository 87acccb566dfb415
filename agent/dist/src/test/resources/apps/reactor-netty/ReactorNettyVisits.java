package dev.coldstart.it.app;

import io.netty.channel.ChannelOption;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.net.InetSocketAddress;
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

  /** Names of tests are known to a server of theirs. */
  private final HttpClient ofTests =
      client.resolver(
          resolver ->
              resolver.dnsAddressResolverGroupProvider(
                  builder ->
                      new DnsAddressResolverGroup(
                          builder
                              .resolvedAddressTypes(ResolvedAddressTypes.IPV4_ONLY)
                              .nameServerProvider(
                                  new SingletonDnsServerAddressStreamProvider(
                                      new InetSocketAddress(
                                          "127.0.0.1", Integer.getInteger("dns", 53)))))));

  @Override
  protected String get(String url) throws Exception {
    HttpClient client = url.contains(".test:") ? ofTests : this.client;
    return client.get().uri(url).responseContent().aggregate().asString().block();
  }
}
