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

/**
 * The report as JSON text, schema {@value RunReport#SCHEMA}. Names are snake_case with the unit as
 * suffix ({@code exclusive_ns}, {@code start_epoch_ms}); what is unknown is written as null, never
 * as 0. Thread-safe.
 */
public final class ReportJson {
  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingStrategy(field -> ReportShape.jsonName(field.getName()))
          .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
          .registerTypeAdapterFactory(new CompleteRecords())
          .setFormattingStyle(FormattingStyle.PRETTY.withIndent(" "))
          .serializeNulls()
          .disableHtmlEscaping()
          .create();

  /** The whole report as indented JSON with a line break at the end. */
  public static String write(RunReport report) {
    return GSON.toJson(report) + '\n';
  }

  /** The whole report as a tree of its own, with the names {@link #write} uses. */
  public static JsonObject tree(RunReport report) {
    return GSON.toJsonTree(report).getAsJsonObject();
  }

  /**
   * Reads what {@link #write} wrote. Properties it does not know are skipped.
   *
   * @throws IllegalArgumentException with one line for people: not JSON, another schema, or a
   *     property that must be there is not
   */
  public static RunReport read(String json) {
    try {
      JsonElement tree = JsonParser.parseString(json);
      checkSchema(tree);
      return GSON.fromJson(tree, RunReport.class);
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("not a readable report: " + firstLine(e), e);
    }
  }

  private static void checkSchema(JsonElement tree) {
    JsonElement schema = tree.isJsonObject() ? tree.getAsJsonObject().get("schema") : null;
    if (schema == null || !schema.isJsonPrimitive()) {
      throw new IllegalArgumentException(
          "not a Coldstart report: no \"schema\" property; expected " + RunReport.SCHEMA);
    }
    if (!schema.getAsString().equals(RunReport.SCHEMA)) {
      throw new IllegalArgumentException(
          "cannot read schema \""
              + firstLine(schema.getAsString())
              + "\", only \""
              + RunReport.SCHEMA
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
  private static final class CompleteRecords implements TypeAdapterFactory {
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

    private static void complete(JsonObject object, RecordComponent[] components) {
      for (RecordComponent component : components) {
        String name = ReportShape.jsonName(component.getName());
        JsonElement value = object.get(name);
        if (value != null && !value.isJsonNull()) {
          check(component, name, value);
        } else if (component.getType() == List.class) {
          object.add(name, new JsonArray());
        } else if (component.getType() == Map.class) {
          object.add(name, new JsonObject());
        } else if (!ReportShape.nullable(component)) {
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

  private ReportJson() {}
}
