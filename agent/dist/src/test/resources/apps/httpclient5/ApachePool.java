package dev.coldstart.it.app;

import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;

/** Apache HttpClient 5 with one connection. Arguments: URL, policy of the pool. */
public final class ApachePool extends Pooled {
  private CloseableHttpClient client;
  private URI url;

  @Override
  protected void open(String[] args) {
    url = URI.create(args[0]);
    client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.valueOf(args[1]))
                    .setMaxConnTotal(1)
                    .setMaxConnPerRoute(1)
                    .build())
            .build();
  }

  @Override
  protected AutoCloseable take() throws Exception {
    ClassicHttpResponse response =
        client.executeOpen(HttpHost.create(url), new HttpGet(url), null);
    return () -> EntityUtils.consume(response.getEntity());
  }
}
