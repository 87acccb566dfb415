package dev.coldstart.it.app;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import java.io.IOException;

/** The scenes on Armeria: services run on the event loop and hand over. */
public final class ArmeriaScenes implements ServerScenes.App {
  @Override
  public int start() {
    HttpService service = (context, request) -> answer(context.mappedPath());
    Server server =
        Server.builder()
            .http(new java.net.InetSocketAddress("127.0.0.1", 0))
            .service("/items/{id}", service)
            .serviceUnder("/", service)
            .build();
    server.start().join();
    return server.activeLocalPort();
  }

  private static HttpResponse answer(String mapped) throws Exception {
    int parameter = mapped.indexOf(';');
    String path = parameter < 0 ? mapped : mapped.substring(0, parameter);
    if (path.equals("/throws")) {
      ServerScenes.play(path, null);
    }
    HttpResponseWriter response = HttpResponse.streaming();
    ServerScenes.later(path, new Reply(response));
    return response;
  }

  private static final class Reply implements ServerScenes.Reply {
    private final HttpResponseWriter response;
    private int status = 200;
    private boolean begun;

    Reply(HttpResponseWriter response) {
      this.response = response;
    }

    @Override
    public void status(int code) {
      status = code;
    }

    @Override
    public void write(String text) throws IOException {
      begin();
      if (!response.tryWrite(HttpData.ofUtf8(text))) {
        throw new IOException("gone");
      }
    }

    @Override
    public void end() {
      begin();
      response.close();
    }

    private void begin() {
      if (!begun) {
        begun = true;
        response.write(ResponseHeaders.of(status));
      }
    }
  }
}
