package dev.coldstart.weave.code;

import net.bytebuddy.jar.asm.Label;

/** A label that a {@link CodeWriter} can place, too. */
public final class Place extends Label {
  private int at = -1;

  void put(int offset) {
    at = offset;
  }

  @Override
  public int getOffset() {
    return at < 0 ? super.getOffset() : at;
  }
}
