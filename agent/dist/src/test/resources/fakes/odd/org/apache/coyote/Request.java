package org.apache.coyote;

public abstract class Request {
  public static void recycle() {}

  public native int recycle(int not, int there);

  public abstract void recycle(int not);

  public char recycle(char c) {
    while (true) {
      if (c > 'y') {
        throw new IllegalArgumentException("too far");
      }
      if (++c == 'x') {
        return c;
      }
    }
  }
}
