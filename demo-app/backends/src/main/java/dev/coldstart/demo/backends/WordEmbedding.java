package dev.coldstart.demo.backends;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A deterministic stand-in for an embedding model: each word adds one to a dimension chosen by its
 * hash, and the vector is normalised. Texts that share words are near, which is all a demo needs.
 */
final class WordEmbedding {
  static final int DIMENSIONS = 64;
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]{3,}");

  private WordEmbedding() {}

  static float[] of(String text) {
    float[] vector = new float[DIMENSIONS];
    Matcher words = WORD.matcher(text.toLowerCase(Locale.ROOT));
    while (words.find()) {
      vector[Math.floorMod(words.group().hashCode() * 0x9E3779B1, DIMENSIONS)] += 1;
    }
    double length = Math.sqrt(dot(vector, vector));
    if (length == 0) {
      // An empty text still needs a unit vector: cosine distance divides by the length.
      vector[0] = 1;
      return vector;
    }
    for (int i = 0; i < DIMENSIONS; i++) {
      vector[i] /= (float) length;
    }
    return vector;
  }

  static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
