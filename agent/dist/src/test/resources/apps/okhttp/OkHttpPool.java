package dev.coldstart.it.app;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** OkHttp, which runs one call of a host at once. Argument: URL. */
public final class OkHttpPool extends Pooled {
  private final OkHttpClient client = new OkHttpClient();
  private String url;

  @Override
  protected void open(String[] args) {
    client.dispatcher().setMaxRequestsPerHost(1);
    url = args[0];
  }

  @Override
  protected AutoCloseable take() throws Exception {
    Semaphore answered = new Semaphore(0);
    Semaphore over = new Semaphore(0);
    Callback callback =
        new Callback() {
          @Override
          public void onFailure(Call call, IOException e) {
            throw new IllegalStateException(e);
          }

          @Override
          public void onResponse(Call call, Response response) {
            try (response) {
              answered.release();
              over.acquireUninterruptibly();
            }
          }
        };
    client.newCall(new Request.Builder().url(url).build()).enqueue(callback);
    answered.acquire();
    return over::release;
  }
}
