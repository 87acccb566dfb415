package dev.coldstart.it.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Dns;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Visits with OkHttp. */
public final class OkHttpVisits extends Visits {
  private final OkHttpClient client =
      new OkHttpClient.Builder()
          .connectTimeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
          .readTimeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
          .dns(OkHttpVisits::lookup)
          .build();

  /** A host with two addresses. */
  private static List<InetAddress> lookup(String host) throws UnknownHostException {
    return host.equals("both.test")
        ? List.of(InetAddress.getByName("::1"), InetAddress.getByName("127.0.0.1"))
        : Dns.SYSTEM.lookup(host);
  }

  @Override
  protected String get(String url) throws Exception {
    try (Response response = client.newCall(new Request.Builder().url(url).build()).execute()) {
      return response.body().string();
    }
  }
}
