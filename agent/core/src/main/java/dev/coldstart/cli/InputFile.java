package dev.coldstart.cli;

import dev.coldstart.report.ReportJson;
import dev.coldstart.report.RunReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Reads files that were named on the command line and may be anything: what cannot be used is a
 * {@link Failure} of one line, and nothing is read without a bound.
 */
final class InputFile {
  /** Many times the largest report the agent writes; parsing takes several times as much memory. */
  static final int MAX_BYTES = 256 * 1024 * 1024;

  private static final String WHICH_REPORT =
      ": name the <service>-<pid>.json the agent wrote (its path is the summary's last line)";

  /** A report of one process. */
  static RunReport report(Path file) {
    return parse(file, WHICH_REPORT, ReportJson::read);
  }

  /**
   * Any other text file.
   *
   * @param hint what to name instead, appended to "no such file: FILE" and the like
   * @param parser throws {@link IllegalArgumentException} with one line for people
   */
  static <T> T parse(Path file, String hint, Function<String, T> parser) {
    try {
      return parser.apply(text(file, hint));
    } catch (NoSuchFileException e) {
      throw Failure.badInput("no such file: " + file + hint, e);
    } catch (CharacterCodingException e) {
      throw Failure.badInput("cannot read " + file + ", it is not UTF-8 text" + hint, e);
    } catch (IOException e) {
      throw Failure.badInput("cannot read " + file + hint, e);
    } catch (IllegalArgumentException e) {
      throw Failure.badInput(file + ": " + e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw Failure.badInput(file + " needs more memory: give java a larger -Xmx", e);
    }
  }

  /** Devices and pipes have no size, so the size alone is no bound. */
  private static String text(Path file, String hint) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw tooLarge(file, hint);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw tooLarge(file, hint);
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    }
  }

  private static Failure tooLarge(Path file, String hint) {
    String limit = " is larger than " + MAX_BYTES / (1024 * 1024) + " MB";
    return Failure.badInput(file + limit + hint, null);
  }

  private InputFile() {}
}
