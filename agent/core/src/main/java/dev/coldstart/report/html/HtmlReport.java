package dev.coldstart.report.html;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import dev.coldstart.report.RunReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * Puts a page together: its frame, style and script are ours, everything that comes from outside is
 * in one JSON block that the script shows as text. The content policy names the digests of that one
 * style and script, so nothing else runs or loads even if escaping failed.
 */
public final class HtmlReport {
  /** Spans a page holds of one report: a few MB, which a browser opens at once. */
  private static final int MAX_SPANS = 40_000;

  /** In the order in which they need each other. */
  private static final List<String> STYLES =
      List.of("theme.css", "page.css", "bars.css", "waterfall.css", "print.css");

  private static final List<String> SCRIPTS =
      List.of(
          "format.js",
          "dom.js",
          "palette.js",
          "bars.js",
          "phases.js",
          "layout.js",
          "painter.js",
          "waterfall.js",
          "spans.js",
          "answer.js",
          "requests.js",
          "facts.js",
          "compare.js",
          "page.js");

  /** Escapes what could end a script element or a line of one: {@code < > & = '} and U+2028/9. */
  private static final Gson GSON = new GsonBuilder().serializeNulls().create();

  /**
   * A report and what to call it.
   *
   * @param name name of its file
   */
  public record Named(String name, RunReport report) {}

  /**
   * One report, or two side by side.
   *
   * @throws IllegalArgumentException for another number of them
   */
  public static String of(List<Named> reports) {
    if (reports.isEmpty() || reports.size() > 2) {
      throw new IllegalArgumentException("one or two reports, not " + reports.size());
    }
    String style = join(STYLES);
    String script = "\"use strict\";\n" + join(SCRIPTS);
    JsonObject data = new JsonObject();
    data.add(
        "reports", GSON.toJsonTree(reports.stream().map(r -> PageData.of(r, MAX_SPANS)).toList()));
    String[] parts = resource("page.html").split("@@", -1);
    StringBuilder page = new StringBuilder(style.length() + script.length() + 65_536);
    for (String part : parts) {
      switch (part) {
        case "STYLE" -> page.append(style);
        case "STYLE_DIGEST" -> page.append(digest(style));
        case "SCRIPT" -> page.append(script);
        case "SCRIPT_DIGEST" -> page.append(digest(script));
        case "DATA" -> page.append(GSON.toJson(data));
        default -> page.append(part);
      }
    }
    return page.toString();
  }

  private static String join(List<String> files) {
    StringBuilder text = new StringBuilder();
    files.forEach(file -> text.append(resource(file)));
    return text.toString();
  }

  private static String resource(String name) {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private HtmlReport() {}
}
