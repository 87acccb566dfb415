package dev.coldstart.it.app;

import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;

/** Apache HttpClient 4 with one connection. Argument: URL. */
public final class ApachePool extends Pooled {
  private final CloseableHttpClient client = HttpClients.custom().setMaxConnTotal(1).build();
  private String url;

  @Override
  protected void open(String[] args) {
    url = args[0];
  }

  @Override
  protected AutoCloseable take() throws Exception {
    CloseableHttpResponse response = client.execute(new HttpGet(url));
    return () -> EntityUtils.consume(response.getEntity());
  }
}
