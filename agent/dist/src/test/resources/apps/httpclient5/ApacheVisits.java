package dev.coldstart.it.app;

import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Visits with Apache HttpClient 5, classic. */
public final class ApacheVisits extends Visits {
  private final CloseableHttpClient client =
      HttpClients.custom()
          .disableAutomaticRetries()
          .setConnectionManager(
              PoolingHttpClientConnectionManagerBuilder.create()
                  .useSystemProperties()
                  .setDefaultConnectionConfig(
                      ConnectionConfig.custom()
                          .setConnectTimeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                          .setSocketTimeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                          .build())
                  .build())
          .setDefaultRequestConfig(
              RequestConfig.custom()
                  .setResponseTimeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                  .build())
          .build();

  @Override
  protected String get(String url) throws Exception {
    return client.execute(
        new HttpGet(url), response -> EntityUtils.toString(response.getEntity()));
  }
}
