package dev.coldstart.weave;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of woven classes: header, table, bodies. The table is read at once, a body when its class
 * is loaded. Every part carries a checksum.
 *
 * <p>{@code long magic, key; int table length; long table checksum;} then for each class {@code UTF
 * name; int length; long checksum} of the original, {@code owners, hooked} as counted bytes, {@code
 * warnings} as counted UTF, {@code int length; long checksum} of the body; bodies follow in order.
 */
final class WovenFile implements Closeable {
  static final long MAX_BYTES = 16 << 20;

  /** "coldstW" and the version of the format. */
  private static final long MAGIC = 0x636f6c6473745701L;

  private static final int HEADER = 28;

  private final RandomAccessFile file;
  private final Map<String, Entry> entries = new HashMap<>();

  /**
   * One class.
   *
   * @param length of the original class
   * @param checksum of the original class
   * @param woven its bytes are null while they are still in the file only
   * @param bodyAt where they begin in the file
   */
  record Entry(
      String name,
      int length,
      long checksum,
      Woven woven,
      long bodyAt,
      int bodyLength,
      long bodyChecksum) {

    static Entry of(String name, byte[] original, Woven woven) {
      byte[] body = woven.bytes;
      return new Entry(
          name, original.length, Checksum.of(original), woven, 0, body.length, Checksum.of(body));
    }

    Entry with(Woven read) {
      return new Entry(name, length, checksum, read, bodyAt, bodyLength, bodyChecksum);
    }

    /** The same for the same original of the same class. */
    String id() {
      return WovenFile.id(name, length, checksum);
    }
  }

  private WovenFile(RandomAccessFile file) {
    this.file = file;
  }

  /**
   * Opens a file and reads its table.
   *
   * @param key the file is refused when it was written with another
   * @throws IOException when it cannot be read, or is not what was written
   */
  static WovenFile open(File path, long key) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path, "r");
    try {
      WovenFile opened = new WovenFile(file);
      opened.readTable(key);
      return opened;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  static String id(String name, int length, long checksum) {
    return name + ' ' + length + ' ' + checksum;
  }

  /** Null when this original of the class is not in the file. */
  Entry find(String name, byte[] original) {
    return entries.get(id(name, original.length, Checksum.of(original)));
  }

  List<Entry> entries() {
    return new ArrayList<>(entries.values());
  }

  /** What weaving the class gave; fails when the file is damaged there. */
  Woven read(Entry entry) throws IOException {
    byte[] body = new byte[entry.bodyLength];
    file.seek(entry.bodyAt);
    file.readFully(body);
    if (Checksum.of(body) != entry.bodyChecksum) {
      throw new IOException("damaged");
    }
    return entry.woven.with(body);
  }

  static void write(OutputStream to, long key, List<Entry> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream table = new DataOutputStream(bytes);
    table.writeInt(entries.size());
    for (Entry entry : entries) {
      table.writeUTF(entry.name);
      table.writeInt(entry.length);
      table.writeLong(entry.checksum);
      writeCounted(table, entry.woven.owners);
      writeCounted(table, entry.woven.hooked);
      table.writeShort(entry.woven.warnings.length);
      for (String warning : entry.woven.warnings) {
        table.writeUTF(warning);
      }
      table.writeInt(entry.bodyLength);
      table.writeLong(entry.bodyChecksum);
    }
    DataOutputStream out = new DataOutputStream(to);
    out.writeLong(MAGIC);
    out.writeLong(key);
    out.writeInt(bytes.size());
    out.writeLong(Checksum.of(bytes.toByteArray()));
    bytes.writeTo(out);
    for (Entry entry : entries) {
      out.write(entry.woven.bytes);
    }
    out.flush();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void readTable(long key) throws IOException {
    byte[] header = new byte[HEADER];
    file.readFully(header);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(header));
    if (in.readLong() != MAGIC || in.readLong() != key) {
      throw new IOException("not written by this build of the agent");
    }
    int length = in.readInt();
    long checksum = in.readLong();
    long size = file.length();
    if (length < 0 || length > size - HEADER || size > MAX_BYTES) {
      throw new IOException("damaged");
    }
    byte[] table = new byte[length];
    file.readFully(table);
    if (Checksum.of(table) != checksum) {
      throw new IOException("damaged");
    }
    in = new DataInputStream(new ByteArrayInputStream(table));
    long bodyAt = HEADER + (long) length;
    for (int left = in.readInt(); left > 0; left--) {
      String name = in.readUTF();
      int originalLength = in.readInt();
      long originalChecksum = in.readLong();
      byte[] owners = readCounted(in);
      byte[] hooked = readCounted(in);
      String[] warnings = new String[in.readShort()];
      for (int i = 0; i < warnings.length; i++) {
        warnings[i] = in.readUTF();
      }
      int bodyLength = in.readInt();
      Woven woven = new Woven(null, owners, hooked, warnings);
      Entry entry =
          new Entry(
              name, originalLength, originalChecksum, woven, bodyAt, bodyLength, in.readLong());
      entries.put(entry.id(), entry);
      bodyAt += bodyLength;
    }
    if (bodyAt != size) {
      throw new IOException("damaged");
    }
  }

  private static void writeCounted(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeByte(bytes.length);
    out.write(bytes);
  }

  private static byte[] readCounted(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readByte()];
    in.readFully(bytes);
    return bytes;
  }
}
