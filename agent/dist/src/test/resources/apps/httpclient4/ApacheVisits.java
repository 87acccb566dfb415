package dev.coldstart.it.app;

import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;

/** Visits with Apache HttpClient 4. */
public final class ApacheVisits extends Visits {
  private final CloseableHttpClient client =
      HttpClients.custom()
          .useSystemProperties()
          .disableAutomaticRetries()
          .setDefaultRequestConfig(
              RequestConfig.custom()
                  .setConnectTimeout(TIMEOUT_MILLIS)
                  .setSocketTimeout(TIMEOUT_MILLIS)
                  .build())
          .build();

  @Override
  protected String get(String url) throws Exception {
    try (CloseableHttpResponse response = client.execute(new HttpGet(url))) {
      return EntityUtils.toString(response.getEntity());
    }
  }
}
