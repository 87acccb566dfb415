package dev.coldstart.phase;

import java.util.Arrays;

/**
 * Sorts indices by a key, stable, in linear time: least significant digit first. A comparison sort
 * of a million boxed indices alone would take longer than all of an attribution may.
 */
final class RadixOrder {
  /** 2048 counters fit the first-level cache; 37 bits, a window of two minutes, are four passes. */
  private static final int DIGIT_BITS = 11;

  private static final int DIGITS = 1 << DIGIT_BITS;

  /**
   * Up to here, what a warm request has, clearing the counters takes longer than moving indices.
   */
  private static final int FEW = 256;

  static int[] identity(int size) {
    int[] order = new int[size];
    Arrays.setAll(order, i -> i);
    return order;
  }

  /**
   * Sorts a permutation; indices with equal keys stay in the given order.
   *
   * @param order a permutation of the indices of keys; used as scratch space, not to be used
   *     afterwards
   * @param keys at least 0
   */
  static int[] sort(int[] order, long[] keys) {
    if (isSorted(order, keys)) {
      return order;
    }
    if (order.length <= FEW) {
      return insert(order, keys);
    }
    long used = 0;
    for (int index : order) {
      used |= keys[index];
    }
    int[] from = order;
    int[] to = new int[order.length];
    for (int shift = 0; shift < Long.SIZE && used >>> shift != 0; shift += DIGIT_BITS) {
      int[] next = endOfSmallerDigits(keys, from.length, shift);
      for (int index : from) {
        to[next[digit(keys[index], shift)]++] = index;
      }
      int[] swap = from;
      from = to;
      to = swap;
    }
    return from;
  }

  private static int[] insert(int[] order, long[] keys) {
    for (int i = 1; i < order.length; i++) {
      int moved = order[i];
      int at = i;
      while (at > 0 && keys[order[at - 1]] > keys[moved]) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = moved;
    }
    return order;
  }

  /**
   * Often true: intervals are recorded, and given their ids, about in the order of their starts.
   */
  private static boolean isSorted(int[] order, long[] keys) {
    for (int i = 1; i < order.length; i++) {
      if (keys[order[i - 1]] > keys[order[i]]) {
        return false;
      }
    }
    return true;
  }

  private static int[] endOfSmallerDigits(long[] keys, int size, int shift) {
    int[] counts = new int[DIGITS];
    for (int i = 0; i < size; i++) {
      counts[digit(keys[i], shift)]++;
    }
    int sum = 0;
    for (int d = 0; d < DIGITS; d++) {
      int count = counts[d];
      counts[d] = sum;
      sum += count;
    }
    return counts;
  }

  private static int digit(long key, int shift) {
    return (int) (key >>> shift) & (DIGITS - 1);
  }

  private RadixOrder() {}
}
