package dev.coldstart.it.app;

import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** A framework of OSGi with one bundle. Arguments: a folder for the framework, the bundle's jar. */
public final class OsgiApp implements Scenes.App {
  @Override
  public void prepare(Scenes scenes, String[] args) throws Exception {
    Framework framework =
        ServiceLoader.load(FrameworkFactory.class)
            .iterator()
            .next()
            .newFramework(
                Map.of(
                    Constants.FRAMEWORK_STORAGE,
                    args[0],
                    // Else Equinox asks the boot loader for what it does not find.
                    "osgi.compatibility.bootdelegation",
                    "false"));
    framework.start();
    Bundle bundle = framework.getBundleContext().installBundle(Path.of(args[1]).toUri() + "");
    bundle.start();
    Work.addTo(scenes, bundle::loadClass);
  }
}
