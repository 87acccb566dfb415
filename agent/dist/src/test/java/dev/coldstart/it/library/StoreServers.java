package dev.coldstart.it.library;

import dev.coldstart.it.app.StoreServer;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts servers of {@code apps/<set>} with the jars of {@code it-libs/<set>}, in this JVM. */
final class StoreServers {
  private StoreServers() {}

  /**
   * Starts a server.
   *
   * @param type the simple name of a class with a constructor that takes texts
   */
  static StoreServer start(String set, String type, String... args) throws Exception {
    List<URL> jars = new ArrayList<>();
    for (Path path : Libs.classPath(set, type)) {
      jars.add(url(path));
    }
    ClassLoader loader = new URLClassLoader(jars.toArray(new URL[0]), new OnlyOurs());
    return loader
        .loadClass(StoreServer.class.getPackageName() + '.' + type)
        .asSubclass(StoreServer.class)
        .getConstructor(String[].class)
        .newInstance((Object) args);
  }

  /** The server's log, as the check of a store wants it. */
  static List<StoreCheck.Asked> take(StoreServer server) {
    List<StoreCheck.Asked> asked = new ArrayList<>();
    for (StoreServer.Call call : server.take()) {
      asked.add(
          call.query()
              ? StoreCheck.Asked.query(call.what(), call.receivedNanos(), call.answeredNanos())
              : StoreCheck.Asked.connecting(
                  call.what(), call.receivedNanos(), call.answeredNanos()));
    }
    return asked;
  }

  /** The same of a server with two halves. */
  static List<StoreCheck.Asked> take(StandIn http, StoreServer grpc) {
    List<StoreCheck.Asked> asked = new ArrayList<>(http.take());
    asked.addAll(take(grpc));
    return asked;
  }

  private static URL url(Path path) throws MalformedURLException {
    return path.toUri().toURL();
  }

  /** The JDK and the interface: what else the tests use may have the server's names. */
  private static final class OnlyOurs extends ClassLoader {
    OnlyOurs() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith(StoreServer.class.getName())) {
        return Class.forName(name, false, StoreServer.class.getClassLoader());
      }
      throw new ClassNotFoundException(name);
    }
  }
}
