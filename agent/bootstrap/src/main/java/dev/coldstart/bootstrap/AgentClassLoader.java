package dev.coldstart.bootstrap;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Loads the agent's own classes from {@code inst/*.classdata} of the agent jar. The suffix keeps
 * them out of reach of every other loader, so nothing has to be relocated.
 *
 * <p>A resource named {@code X.class} is looked up as {@code X.classdata}: libraries that read
 * class files by name find them.
 */
final class AgentClassLoader extends ClassLoader {
  private static final String ROOT = "inst/";

  static {
    registerAsParallelCapable();
  }

  private final JarFile jar;
  private final File file;

  AgentClassLoader(File file, ClassLoader parent) throws IOException {
    super("coldstart", parent);
    this.file = file;
    // Neither verified (the JVM opened it as an agent) nor multi-release (versions are not packed).
    this.jar = new JarFile(file, false);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try {
      byte[] bytes = read(name.replace('.', '/').concat(".classdata"));
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @Override
  protected URL findResource(String name) {
    JarEntry entry = jar.getJarEntry(ROOT.concat(packed(name)));
    try {
      return entry == null ? null : new URL("jar:" + file.toURI().toURL() + "!/" + entry.getName());
    } catch (MalformedURLException e) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL url = findResource(name);
    List<URL> urls = new ArrayList<>();
    if (url != null) {
      urls.add(url);
    }
    return Collections.enumeration(urls);
  }

  @Override
  public InputStream getResourceAsStream(String name) {
    // Straight from the open jar: a URL connection would load far more.
    try {
      byte[] bytes = read(packed(name));
      return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    } catch (IOException e) {
      return null;
    }
  }

  private byte[] read(String path) throws IOException {
    JarEntry entry = jar.getJarEntry(ROOT.concat(path));
    if (entry == null) {
      return null;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static String packed(String name) {
    return name.endsWith(".class") ? name.concat("data") : name;
  }
}
