package dev.coldstart.it.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The scenes as a servlet, to be mapped to every path. */
public final class ServletScenes extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String path = request.getPathInfo();
    if (ServerScenes.isLater(path)) {
      AsyncContext async = request.startAsync();
      ServerScenes.later(path, new Reply(response, async));
      return;
    }
    try {
      ServerScenes.play(path, new Reply(response, null));
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }

  private static final class Reply implements ServerScenes.Reply {
    private final HttpServletResponse response;
    private final AsyncContext async;

    Reply(HttpServletResponse response, AsyncContext async) {
      this.response = response;
      this.async = async;
    }

    @Override
    public void status(int status) {
      response.setStatus(status);
    }

    @Override
    public void write(String text) throws IOException {
      response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      response.flushBuffer();
    }

    @Override
    public void end() {
      async.complete();
    }
  }
}
