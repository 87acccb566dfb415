package dev.coldstart.it.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;

/** A service on embedded Tomcat, with each way a servlet can answer. */
public final class TomcatApp {
  private static final ExecutorService LATER = Executors.newCachedThreadPool();

  private interface Answer {
    void give(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException, InterruptedException;
  }

  public static void main(String[] args) throws Exception {
    // What Tomcat logs of failing servlets is not what is tested.
    LogManager.getLogManager().reset();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Path.of("tomcat").toAbsolutePath().toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", null);
    on(context, "/plain", (request, response) -> plain(response, "plain"));
    on(context, "/quiet", (request, response) -> response.getWriter().print("ok"));
    on(context, "/chunks", TomcatApp::chunks);
    on(context, "/throws", TomcatApp::throwing);
    on(context, "/error", TomcatApp::error);
    on(context, "/empty", TomcatApp::empty);
    on(context, "/async", (request, response) -> later(request, response, "async"));
    on(context, "/dispatch", TomcatApp::dispatch);
    on(context, "/start", TomcatApp::start);
    on(context, "/timeout", TomcatApp::timeout);
    on(context, "/endless", TomcatApp::endless);
    on(context, "/words", (request, response) -> words(response, "words", ""));
    on(context, "/comment", (request, response) -> words(response, "comment", ": wait\n\n"));
    on(context, "/whole", TomcatApp::whole);
    on(context, "/later", TomcatApp::laterWords);
    tomcat.start();
    Work.awaitAgent();
    Work.say("port=" + tomcat.getConnector().getLocalPort());
  }

  private static void on(Context context, String path, Answer answer) {
    HttpServlet servlet = new Servlet(answer);
    Wrapper wrapper = Tomcat.addServlet(context, path, servlet);
    wrapper.setAsyncSupported(true);
    context.addServletMappingDecoded(path, path);
  }

  private static void plain(HttpServletResponse response, String body) throws IOException {
    Work.connect(body);
    response.getWriter().print(body);
  }

  private static void chunks(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Work.connect("chunks");
    for (int i = 0; i < 3; i++) {
      response.getWriter().print("data: " + i + "\n\n");
      response.flushBuffer();
    }
  }

  private static void throwing(HttpServletRequest request, HttpServletResponse response)
      throws ServletException {
    Work.connect("throws");
    throw new ServletException("s3cr3t-message");
  }

  private static void error(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Work.connect("error");
    response.sendError(503);
  }

  private static void empty(HttpServletRequest request, HttpServletResponse response) {
    Work.connect("empty");
    response.setStatus(204);
  }

  /** Answers on another thread. */
  private static void later(HttpServletRequest request, HttpServletResponse response, String body) {
    AsyncContext async = request.startAsync();
    LATER.execute(
        () -> {
          try {
            TimeUnit.MILLISECONDS.sleep(20);
            plain(response, body);
            async.complete();
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** A thread of Tomcat's choice works, starts another one, and that one completes. */
  private static void start(HttpServletRequest request, HttpServletResponse response) {
    AsyncContext async = request.startAsync();
    async.start(
        () -> {
          Work.connect("started");
          LATER.execute(
              () -> {
                try {
                  plain(response, "completing");
                  async.complete();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
        });
  }

  /** Another thread works, then the request comes back to Tomcat. */
  private static void dispatch(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getDispatcherType() == DispatcherType.ASYNC) {
      plain(response, "dispatched");
      return;
    }
    AsyncContext async = request.startAsync();
    LATER.execute(
        () -> {
          Work.connect("dispatching");
          async.dispatch();
        });
  }

  /** Nobody answers; the listener gives up. */
  private static void timeout(HttpServletRequest request, HttpServletResponse response) {
    Work.connect("timeout");
    AsyncContext async = request.startAsync();
    async.setTimeout(200);
    async.addListener(new GiveUp());
  }

  private static void endless(HttpServletRequest request, HttpServletResponse response)
      throws IOException, InterruptedException {
    Work.connect("endless");
    while (true) {
      response.getOutputStream().print("data: more\n\n");
      response.flushBuffer();
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private static void words(HttpServletResponse response, String name, String comment)
      throws IOException {
    Work.mark(name + ".handler");
    response.setContentType("text/event-stream");
    // Only headers: nothing a user could see.
    response.flushBuffer();
    if (!comment.isEmpty()) {
      response.getOutputStream().print(comment);
      response.flushBuffer();
    }
    Chat.stream(
        name,
        word -> {
          response.getOutputStream().print("data: " + word + "\n\n");
          response.flushBuffer();
        });
  }

  /** The model streams, the response does not. */
  private static void whole(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Work.mark("whole.handler");
    StringBuilder answer = new StringBuilder();
    Chat.stream("tokens", answer::append);
    Work.mark("whole.before");
    response.getWriter().print(answer);
    response.flushBuffer();
    Work.mark("whole.after");
  }

  private static void laterWords(HttpServletRequest request, HttpServletResponse response) {
    AsyncContext async = request.startAsync();
    LATER.execute(
        () -> {
          try {
            words(response, "later", "");
            async.complete();
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static final class Servlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    Servlet(Answer answer) {
      this.answer = answer;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      try {
        answer.give(request, response);
      } catch (InterruptedException e) {
        throw new ServletException(e);
      }
    }
  }

  private static final class GiveUp implements AsyncListener {
    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
      Work.connect("gave up");
      ((HttpServletResponse) event.getAsyncContext().getResponse()).setStatus(504);
      event.getAsyncContext().complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }

  private TomcatApp() {}
}
