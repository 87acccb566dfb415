package dev.coldstart.report;

import com.google.gson.FormattingStyle;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.ToNumberPolicy;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Records as JSON text with a schema name. Property names are snake_case with the unit as suffix
 * ({@code exclusive_ns}, {@code start_epoch_ms}); what is unknown is written as null, never as 0.
 * Thread-safe.
 */
public final class RecordJson<T extends Record> {
  private final Class<T> type;
  private final String schema;
  private final String noun;
  private final Gson gson;

  /**
   * A format.
   *
   * @param schema what its property "schema" says
   * @param noun what people call such a file, "report"
   * @param nullable which components may be null
   */
  public RecordJson(
      Class<T> type, String schema, String noun, Predicate<RecordComponent> nullable) {
    this.type = type;
    this.schema = schema;
    this.noun = noun;
    this.gson =
        new GsonBuilder()
            .setFieldNamingStrategy(field -> ReportShape.jsonName(field.getName()))
            .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
            .registerTypeAdapterFactory(new CompleteRecords(nullable))
            .setFormattingStyle(FormattingStyle.PRETTY.withIndent(" "))
            .serializeNulls()
            .disableHtmlEscaping()
            .create();
  }

  /** Indented JSON with a line break at the end. */
  public String write(T value) {
    return gson.toJson(value) + '\n';
  }

  /** A tree of its own, with the names {@link #write} uses. */
  JsonObject tree(T value) {
    return gson.toJsonTree(value).getAsJsonObject();
  }

  /**
   * Reads what {@link #write} wrote. Properties it does not know are skipped.
   *
   * @throws IllegalArgumentException with one line for people: not JSON, another schema, or a
   *     property that must be there is not
   */
  public T read(String json) {
    try {
      JsonElement tree = JsonParser.parseString(json);
      checkSchema(tree);
      return gson.fromJson(tree, type);
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("not a readable " + noun + ": " + firstLine(e), e);
    }
  }

  private void checkSchema(JsonElement tree) {
    JsonElement found = tree.isJsonObject() ? tree.getAsJsonObject().get("schema") : null;
    if (found == null || !found.isJsonPrimitive()) {
      throw new IllegalArgumentException(
          "not a Coldstart " + noun + ": no \"schema\" property; expected " + schema);
    }
    if (!found.getAsString().equals(schema)) {
      throw new IllegalArgumentException(
          "cannot read schema \""
              + firstLine(found.getAsString())
              + "\", only \""
              + schema
              + "\": use the Coldstart version that wrote the file");
    }
  }

  /** Of the cause, because the message of a wrapper begins with the cause's class name. */
  private static String firstLine(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    // Gson tells programmers what they could do about it.
    return firstLine(
        String.valueOf(cause.getMessage())
            .replace("Use JsonReader.setStrictness(Strictness.LENIENT) to accept ", ""));
  }

  private static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() <= 200 ? line : line.substring(0, 200) + "...";
  }

  /**
   * Refuses a record whose number or text is missing, because Gson would make it 0 or null without
   * a word. A missing list or map is an empty one.
   */
  private record CompleteRecords(Predicate<RecordComponent> nullable)
      implements TypeAdapterFactory {
    @Override
    public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
      if (!type.getRawType().isRecord()) {
        return null;
      }
      TypeAdapter<T> delegate = gson.getDelegateAdapter(this, type);
      RecordComponent[] components = type.getRawType().getRecordComponents();
      return new TypeAdapter<>() {
        @Override
        public void write(JsonWriter out, T value) throws IOException {
          delegate.write(out, value);
        }

        @Override
        public T read(JsonReader in) throws IOException {
          JsonElement tree = JsonParser.parseReader(in);
          if (tree.isJsonNull()) {
            return null;
          }
          if (!tree.isJsonObject()) {
            throw new JsonParseException(type.getRawType().getSimpleName() + " is not an object");
          }
          complete(tree.getAsJsonObject(), components);
          return delegate.fromJsonTree(tree);
        }
      };
    }

    private void complete(JsonObject object, RecordComponent[] components) {
      for (RecordComponent component : components) {
        String name = ReportShape.jsonName(component.getName());
        JsonElement value = object.get(name);
        if (value != null && !value.isJsonNull()) {
          check(component, name, value);
        } else if (component.getType() == List.class) {
          object.add(name, new JsonArray());
        } else if (component.getType() == Map.class) {
          object.add(name, new JsonObject());
        } else if (!nullable.test(component)) {
          throw new JsonParseException(
              component.getDeclaringRecord().getSimpleName() + " has no \"" + name + '"');
        }
      }
    }

    /** Gson would round 1.5, make something up for 1e999, and let null stand in a list. */
    private static void check(RecordComponent component, String name, JsonElement value) {
      Class<?> type = component.getType();
      if (value.isJsonArray() && value.getAsJsonArray().contains(JsonNull.INSTANCE)) {
        throw new JsonParseException('"' + name + "\" has a hole: null among its elements");
      }
      boolean whole =
          type == long.class || type == Long.class || type == int.class || type == Integer.class;
      if (whole && !isWhole(value)) {
        throw new JsonParseException('"' + name + "\" is not a whole number");
      }
    }

    private static boolean isWhole(JsonElement value) {
      try {
        BigDecimal number = value.getAsBigDecimal();
        return number.compareTo(BigDecimal.valueOf(number.longValueExact())) == 0;
      } catch (ArithmeticException
          | NumberFormatException
          | IllegalStateException
          | UnsupportedOperationException e) {
        return false;
      }
    }
  }
}
