package dev.coldstart.weave.store;

import dev.coldstart.weave.At;
import dev.coldstart.weave.Note;
import java.util.List;

/**
 * Picks the calls of a method that runs whatever it is given, by the text of the statement. That is
 * all that is done with the text. Upper and lower case are the same, as in the languages of
 * databases. Immutable.
 */
public final class Statement implements Note {
  private final List<String> words;
  private final boolean anywhere;
  private final At[] places;

  private Statement(List<String> words, boolean anywhere, At... places) {
    this.words = words;
    this.anywhere = anywhere;
    this.places = places;
  }

  /**
   * Statements whose first words are these.
   *
   * @param words with one space between them
   * @param places where the text is; the first that there is counts
   */
  public static Statement beginning(String words, At... places) {
    return new Statement(List.of(words), false, places);
  }

  /** The same for those that have one of these anywhere in their text. */
  public static Statement holding(List<String> any, At... places) {
    return new Statement(any, true, places);
  }

  @Override
  public boolean wants(Object self, Object[] args) {
    String text = text(self, args);
    if (text == null) {
      return false;
    }
    int begin = 0;
    while (begin < text.length() && Character.isWhitespace(text.charAt(begin))) {
      begin++;
    }
    for (String wanted : words) {
      int last = anywhere ? text.length() - wanted.length() : begin;
      for (int at = begin; at <= last; at++) {
        if (text.regionMatches(true, at, wanted, 0, wanted.length())) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public void note(Object self, Object[] args, Object result) {
    // What kind of statement it was is the interval's name, and the rest nobody else's business.
  }

  private String text(Object self, Object[] args) {
    for (At place : places) {
      if (place.read(self, args, null) instanceof String text) {
        return text;
      }
    }
    return null;
  }
}
