package dev.coldstart.report.pod;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A JSON object of the Kubernetes API, in which anything may be missing. Immutable. */
record PodObject(JsonObject json) {
  static final PodObject EMPTY = new PodObject(new JsonObject());

  /** What is there under nested names; empty when something is missing or no object. */
  PodObject at(String... path) {
    JsonObject object = json;
    for (String name : path) {
      if (!(object.get(name) instanceof JsonObject inner)) {
        return EMPTY;
      }
      object = inner;
    }
    return new PodObject(object);
  }

  /** The objects of a list; empty when there is none. */
  List<PodObject> list(String name) {
    List<PodObject> objects = new ArrayList<>();
    if (json.get(name) instanceof JsonArray array) {
      for (JsonElement element : array) {
        if (element instanceof JsonObject object) {
          objects.add(new PodObject(object));
        }
      }
    }
    return objects;
  }

  /** Null when missing or no text. */
  String text(String name) {
    JsonElement value = json.get(name);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : null;
  }

  /** 0 when missing or no number. */
  int number(String name) {
    try {
      return Integer.parseInt(String.valueOf(text(name)));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** A time as ms since 1970; null when missing or none. */
  Long millis(String name) {
    try {
      String text = text(name);
      return text == null ? null : Long.valueOf(Instant.parse(text).toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }
}
