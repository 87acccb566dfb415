package dev.coldstart.it.app;

import java.io.File;
import org.jboss.modules.LocalModuleLoader;
import org.jboss.modules.Module;

/** A module of JBoss Modules. Argument: the folder with the module "pool". */
public final class ModulesApp implements Scenes.App {
  @Override
  public void prepare(Scenes scenes, String[] args) throws Exception {
    LocalModuleLoader loader = new LocalModuleLoader(new File[] {new File(args[0])});
    Module module = loader.loadModule("pool");
    Work.addTo(scenes, module.getClassLoader()::loadClass);
  }
}
