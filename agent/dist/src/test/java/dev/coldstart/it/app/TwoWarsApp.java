package dev.coldstart.it.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/**
 * Tomcat with the applications of two folders, each in a loader of its own with its own copy of a
 * pool. {@code /undeploy} takes one of them away. Arguments: a folder for Tomcat, the two folders.
 */
public final class TwoWarsApp {
  /** Loaded by each application for itself. */
  public static final class Pools extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try {
        // The name of the loader holds the path of the application.
        response
            .getWriter()
            .print(
                Work.connect(Pools.class.getClassLoader()::loadClass) + request.getContextPath());
      } catch (ReflectiveOperationException e) {
        throw new IOException(e);
      }
    }
  }

  public static void main(String[] args) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(args[0]);
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    add(tomcat, "/one", args[1]);
    Context two = add(tomcat, "/two", args[2]);
    Context control = tomcat.addContext("", null);
    Tomcat.addServlet(control, "undeploy", new Undeploy(tomcat, two));
    control.addServletMappingDecoded("/undeploy", "undeploy");
    tomcat.start();
    Work.awaitAgent();
    Work.say("port=" + tomcat.getConnector().getLocalPort());
    tomcat.getServer().await();
  }

  private static Context add(Tomcat tomcat, String path, String folder) {
    Context context = tomcat.addWebapp(path, new File(folder).getAbsolutePath());
    Tomcat.addServlet(context, "pools", Pools.class.getName());
    context.addServletMappingDecoded("/connect", "pools");
    return context;
  }

  /** Answers whether the garbage collector got the application's class loader. */
  private static final class Undeploy extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient Tomcat tomcat;
    private transient Context context;

    Undeploy(Tomcat tomcat, Context context) {
      this.tomcat = tomcat;
      this.context = context;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try {
        WeakReference<ClassLoader> loader =
            new WeakReference<>(context.getLoader().getClassLoader());
        context.stop();
        tomcat.getHost().removeChild(context);
        context.destroy();
        context = null;
        int tries = 100;
        for (int i = 0; i < tries && loader.get() != null; i++) {
          System.gc();
          Thread.sleep(20);
        }
        response.getWriter().print("collected: " + (loader.get() == null));
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  private TwoWarsApp() {}
}
