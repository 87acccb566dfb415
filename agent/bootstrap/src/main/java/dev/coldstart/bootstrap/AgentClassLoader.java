package dev.coldstart.bootstrap;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Loads the agent's own classes from the agent jar, where no other loader finds them, so that
 * nothing has to be relocated. They are in one entry: the JVM looks at every entry of the jar
 * before premain, in interpreted code (decision 0027). Other resources are entries below {@code
 * inst/}.
 *
 * <p>The archive: {@code int classes;} then for each class, ordered by the hash of its name, {@code
 * int hash, begin, length} of its record, counted from the archive's first byte; then the records:
 * {@code short length; ASCII name; int length} of the class, and its bytes, deflated if that is
 * shorter.
 */
final class AgentClassLoader extends ClassLoader {
  private static final String ROOT = "inst/";
  private static final String ARCHIVE = ROOT + "classes.archive";
  private static final String CLASS = ".class";
  private static final int ROW = 3 * Integer.BYTES;

  static {
    registerAsParallelCapable();
  }

  private final File file;
  private final ZipFile jar;
  private final ZipEntry archive;
  private final byte[] table;

  AgentClassLoader(File file, ZipFile jar, ClassLoader parent) throws IOException {
    super("coldstart", parent);
    this.file = file;
    this.jar = jar;
    this.archive = jar.getEntry(ARCHIVE);
    int classes = number(read(0, Integer.BYTES), 0);
    this.table = read(Integer.BYTES, classes * ROW);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try {
      byte[] bytes = readClass(name.replace('.', '/'));
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
    ZipEntry entry = jar.getEntry(ROOT.concat(name));
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
      if (name.endsWith(CLASS)) {
        byte[] bytes = readClass(name.substring(0, name.length() - CLASS.length()));
        return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
      }
      ZipEntry entry = jar.getEntry(ROOT.concat(name));
      return entry == null ? super.getResourceAsStream(name) : jar.getInputStream(entry);
    } catch (IOException e) {
      return null;
    }
  }

  /** A class file; null when the archive has none of this name. */
  private byte[] readClass(String name) throws IOException {
    int hash = name.hashCode();
    int low = 0;
    int high = table.length / ROW;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (number(table, middle * ROW) < hash) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (int at = low * ROW; at < table.length && number(table, at) == hash; at += ROW) {
      byte[] record =
          read(number(table, at + Integer.BYTES), number(table, at + 2 * Integer.BYTES));
      byte[] bytes = unpack(record, name);
      if (bytes != null) {
        return bytes;
      }
    }
    return null;
  }

  /** The class in a record; null when it has another name. */
  @SuppressWarnings("deprecation")
  private static byte[] unpack(byte[] record, String name) throws IOException {
    int nameLength = (record[0] & 0xff) << 8 | (record[1] & 0xff);
    if (!new String(record, 0, 2, nameLength).equals(name)) {
      return null;
    }
    int at = 2 + nameLength + Integer.BYTES;
    byte[] bytes = new byte[number(record, at - Integer.BYTES)];
    if (record.length - at == bytes.length) {
      System.arraycopy(record, at, bytes, 0, bytes.length);
      return bytes;
    }
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(record, at, record.length - at);
      if (inflater.inflate(bytes) < bytes.length) {
        throw new EOFException(name);
      }
      return bytes;
    } catch (DataFormatException e) {
      throw new IOException(e);
    } finally {
      inflater.end();
    }
  }

  private byte[] read(long begin, int length) throws IOException {
    byte[] bytes = new byte[length];
    try (InputStream in = jar.getInputStream(archive)) {
      in.skipNBytes(begin);
      if (in.readNBytes(bytes, 0, length) < length) {
        throw new EOFException(ARCHIVE);
      }
    }
    return bytes;
  }

  private static int number(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }
}
