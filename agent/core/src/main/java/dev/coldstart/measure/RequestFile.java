package dev.coldstart.measure;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What to ask a service: the first request, and the warm ones after it. From a YAML or JSON file
 * {@code {first: REQUEST, warm: REQUEST, times: N}}, or with one request alone.
 *
 * @param first the first request
 * @param warm what is asked after it
 * @param times how often; null when the file does not say
 */
public record RequestFile(Ask first, Ask warm, Integer times) {
  private static final Set<String> KEYS = Set.of("first", "warm", "times");
  private static final Set<String> REQUEST_KEYS =
      Set.of("method", "url", "headers", "body", "status", "content");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}");

  /**
   * One request.
   *
   * @param url may hold {@code {name}} for a named group of the ready line
   * @param status expected; null for any below 400
   * @param content what the first content of an event stream must match, null for any data
   */
  public record Ask(
      String method,
      String url,
      Map<String, String> headers,
      String body,
      Integer status,
      Pattern content) {
    /** GET. */
    public static Ask get(String url) {
      return new Ask("GET", url, Map.of(), null, null, null);
    }

    /** With names in braces replaced in the address. */
    Ask at(Map<String, String> names) {
      String address = url;
      for (Map.Entry<String, String> name : names.entrySet()) {
        address = address.replace("{" + name.getKey() + "}", name.getValue());
      }
      return new Ask(method, address, headers, body, status, content);
    }

    URI uri() {
      try {
        URI uri = URI.create(url);
        if (uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
          return uri;
        }
      } catch (IllegalArgumentException e) {
        // Told below; the exception would repeat the address.
      }
      throw new BadInput("a request's url is no http address: " + url);
    }
  }

  /** The same request again and again. */
  public static RequestFile of(Ask ask) {
    return new RequestFile(ask, ask, null);
  }

  /** Reads a file; {@code ${NAME}} in urls, headers and bodies is taken from the environment. */
  public static RequestFile read(Path file, Map<String, String> environment) {
    Reader reader = new Reader(file, environment);
    Map<String, Object> top = reader.map(InputText.yaml(file), "the file");
    if (top.containsKey("url")) {
      return of(reader.ask(top));
    }
    reader.only(top, KEYS);
    if (!top.containsKey("first")) {
      throw reader.wrong("has no \"first\" request");
    }
    Ask first = reader.ask(reader.map(top.get("first"), "first"));
    Ask warm = top.containsKey("warm") ? reader.ask(reader.map(top.get("warm"), "warm")) : first;
    return new RequestFile(first, warm, reader.number(top, "times"));
  }

  private record Reader(Path file, Map<String, String> environment) {
    Ask ask(Map<String, Object> map) {
      only(map, REQUEST_KEYS);
      Map<String, String> headers = new LinkedHashMap<>();
      if (map.get("headers") != null) {
        map(map.get("headers"), "headers").forEach((k, v) -> headers.put(k, text(v)));
      }
      String url = text(map.get("url"));
      if (url == null) {
        throw wrong("has a request without \"url\"");
      }
      String body = text(map.get("body"));
      String method = text(map.get("method"));
      return new Ask(
          method != null ? method : body == null ? "GET" : "POST",
          url,
          headers,
          body,
          number(map, "status"),
          pattern(text(map.get("content"))));
    }

    Map<String, Object> map(Object value, String what) {
      if (!(value instanceof Map<?, ?> map)) {
        throw wrong("is no request file: " + what + " must be a map with a \"url\"");
      }
      Map<String, Object> named = new LinkedHashMap<>();
      map.forEach((k, v) -> named.put(String.valueOf(k), v));
      return named;
    }

    void only(Map<String, Object> map, Set<String> known) {
      for (String key : map.keySet()) {
        if (!known.contains(key)) {
          throw wrong("has an unknown key \"" + key + "\"; known are " + sorted(known));
        }
      }
    }

    Integer number(Map<String, Object> map, String key) {
      Object value = map.get(key);
      if (value == null || (value instanceof Integer i && i >= 0)) {
        return (Integer) value;
      }
      throw wrong("\"" + key + "\" is no whole number");
    }

    private Pattern pattern(String regex) {
      try {
        return regex == null ? null : Pattern.compile(regex);
      } catch (PatternSyntaxException e) {
        throw wrong("\"content\" is no regular expression: " + e.getDescription());
      }
    }

    /** Null stays null. Secrets belong into the environment, not into the file. */
    private String text(Object value) {
      if (value == null) {
        return null;
      }
      if (value instanceof Map || value instanceof Iterable) {
        throw wrong("has a list or map where text is expected: put it in quotes");
      }
      return VARIABLE
          .matcher(String.valueOf(value))
          .replaceAll(found -> Matcher.quoteReplacement(variable(found.group(1))));
    }

    private String variable(String name) {
      String value = environment.get(name);
      if (value == null) {
        throw wrong("needs the environment variable " + name + ", which is not set");
      }
      return value;
    }

    BadInput wrong(String what) {
      return new BadInput("request file " + file + " " + what);
    }

    private static String sorted(Set<String> names) {
      return String.join(", ", names.stream().sorted().toList());
    }
  }
}
