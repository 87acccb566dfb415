package dev.coldstart.it.library;

import dev.coldstart.it.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A resolver for the JDK that takes {@link SlowDns#MILLIS} for the names of tests. Compiled for the
 * JDK that runs it: 17 has no such interface.
 */
final class SlowResolver {
  private static final String SOURCE =
      """
      package dev.coldstart.it.app;

      import java.net.InetAddress;
      import java.net.UnknownHostException;
      import java.net.spi.InetAddressResolver;
      import java.net.spi.InetAddressResolverProvider;
      import java.util.stream.Stream;

      public final class SlowResolver extends InetAddressResolverProvider {
        @Override
        public String name() {
          return "slow";
        }

        @Override
        public InetAddressResolver get(Configuration configuration) {
          InetAddressResolver builtin = configuration.builtinResolver();
          return new InetAddressResolver() {
            @Override
            public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
                throws UnknownHostException {
              if (!host.endsWith(".test")) {
                return builtin.lookupByName(host, policy);
              }
              try {
                Thread.sleep(%d);
              } catch (InterruptedException e) {
                throw new UnknownHostException(host);
              }
              return Stream.of(InetAddress.getLoopbackAddress());
            }

            @Override
            public String lookupByAddress(byte[] address) throws UnknownHostException {
              return builtin.lookupByAddress(address);
            }
          };
        }
      }
      """
          .formatted(SlowDns.MILLIS);

  private SlowResolver() {}

  /** Returns an entry for a class path. */
  static Path compile(Jdk jdk, Path folder) throws IOException, InterruptedException {
    Path classes = Files.createDirectories(folder.resolve("resolver"));
    Path source = Files.writeString(folder.resolve("SlowResolver.java"), SOURCE);
    Process javac =
        new ProcessBuilder(
                List.of(jdk.tool("javac"), "-proc:none", "-d", "" + classes, "" + source))
            .inheritIO()
            .start();
    if (javac.waitFor() != 0) {
      throw new IllegalStateException("cannot compile the resolver");
    }
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(
        services.resolve("java.net.spi.InetAddressResolverProvider"),
        "dev.coldstart.it.app.SlowResolver");
    return classes;
  }
}
