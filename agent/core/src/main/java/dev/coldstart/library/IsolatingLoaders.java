package dev.coldstart.library;

import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import java.util.List;

/**
 * Class loaders of module systems that ask their parents for {@code java.*} only: woven classes of
 * a bundle or module would not find the recorder. Switched off, such classes stay as they are.
 */
public final class IsolatingLoaders implements Library {
  @Override
  public String name() {
    return "isolating-loaders";
  }

  @Override
  public String testedVersions() {
    return "Felix 7.0.5, Equinox 3.23.200, JBoss Modules 2.1.6.Final";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        Probe.lookUp("org.apache.felix.framework.BundleWiringImpl$BundleClassLoader", "loadClass")
            .alsoIn("org.eclipse.osgi.internal.loader.ModuleClassLoader")
            .arity(2)
            .taking("(Ljava/lang/String;Z)"),
        Probe.lookUp("org.jboss.modules.ConcurrentClassLoader", "loadClass")
            .taking("(Ljava/lang/String;"));
  }
}
