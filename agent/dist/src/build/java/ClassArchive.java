import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/**
 * Runs in the build, from its source: moves all class files of a directory into one file, which
 * AgentClassLoader reads and says the format of.
 */
final class ClassArchive {
  /** Most of what a start loads; not deflated, because inflating takes longer than reading. */
  private static final List<String> EARLY =
      List.of(
          "dev/coldstart/agent/",
          "dev/coldstart/library/",
          "dev/coldstart/phase/",
          "dev/coldstart/weave/",
          "net/bytebuddy/jar/asm/");

  private record Packed(String name, byte[] record) {}

  private ClassArchive() {}

  /** Argument: the directory. */
  public static void main(String[] args) throws IOException {
    Path root = Path.of(args[0]);
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(root)) {
      all.filter(file -> file.toString().endsWith(".class")).forEach(files::add);
    }
    List<Packed> classes = new ArrayList<>();
    for (Path file : files) {
      String path = root.relativize(file).toString().replace('\\', '/');
      classes.add(pack(path.substring(0, path.length() - ".class".length()), file));
    }
    classes.sort(
        Comparator.<Packed>comparingInt(packed -> packed.name.hashCode())
            .thenComparing(packed -> packed.name));
    try (DataOutputStream out =
        new DataOutputStream(Files.newOutputStream(root.resolve("classes.archive")))) {
      write(classes, out);
    }
    for (Path file : files) {
      delete(file);
    }
  }

  /** Also the directories that it leaves empty: they would be entries too. */
  private static void delete(Path file) throws IOException {
    Files.delete(file);
    try (Stream<Path> rest = Files.list(file.getParent())) {
      if (rest.findAny().isPresent()) {
        return;
      }
    }
    delete(file.getParent());
  }

  private static Packed pack(String name, Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    byte[] deflated = deflate(bytes);
    boolean stored = EARLY.stream().anyMatch(name::startsWith) || deflated.length >= bytes.length;
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(record);
    out.writeShort(name.length());
    out.write(name.getBytes(StandardCharsets.US_ASCII));
    out.writeInt(bytes.length);
    out.write(stored ? bytes : deflated);
    return new Packed(name, record.toByteArray());
  }

  private static void write(List<Packed> classes, DataOutputStream out) throws IOException {
    out.writeInt(classes.size());
    int begin = Integer.BYTES + classes.size() * 3 * Integer.BYTES;
    for (Packed packed : classes) {
      out.writeInt(packed.name.hashCode());
      out.writeInt(begin);
      out.writeInt(packed.record.length);
      begin += packed.record.length;
    }
    for (Packed packed : classes) {
      out.write(packed.record);
    }
  }

  private static byte[] deflate(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(bytes);
    deflater.finish();
    byte[] buffer = new byte[bytes.length + 64];
    int length = 0;
    while (!deflater.finished() && length < buffer.length) {
      length += deflater.deflate(buffer, length, buffer.length - length);
    }
    deflater.end();
    byte[] deflated = new byte[length];
    System.arraycopy(buffer, 0, deflated, 0, length);
    return deflated;
  }
}
