package dev.coldstart.weave.code;

import java.util.Set;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * A class file of which some methods are changed. Everything else is copied without being looked
 * into: its constants keep their numbers, and new ones follow them. ASM makes objects of each
 * constant and instruction of what it is given; in a JVM that starts, nearly all that weaving costs
 * is that, and compiling the code that does it (decision 0044).
 */
public final class ClassPatch {
  private static final int MAJOR_VERSION = 6;

  /** From here on each branch has its frame, and there are no subroutines. */
  private static final int OLDEST = Opcodes.V1_7;

  /** What ASM knows, too: nobody can tell what may come later. */
  private static final int NEWEST = Opcodes.V28;

  private static final int CONSTANTS = 10;

  /** Access, class, super class and number of interfaces; the names of the latter follow. */
  private static final int NAMES = 8;

  private final byte[] bytes;
  private final ClassHead head;
  private final Constants constants;

  /** Where each method begins, and where the last one ends. */
  private final int[] begins;

  private final byte[][] changed;

  private ClassPatch(byte[] bytes, ClassHead head) {
    this.bytes = bytes;
    this.head = head;
    constants = new Constants(head.count());
    int at = head.end() + NAMES + 2 * number(head.end() + NAMES - 2);
    int fields = number(at);
    at += 2;
    for (int i = 0; i < fields; i++) {
      at = afterMember(at);
    }
    int count = number(at);
    begins = new int[count + 1];
    changed = new byte[count][];
    at += 2;
    for (int i = 0; i < count; i++) {
      begins[i] = at;
      at = afterMember(at);
    }
    begins[count] = at;
  }

  /**
   * Reads a class file.
   *
   * @param unwanted a class that mentions this is not for this way
   * @return null when the class is too old or too new for this way, or mentions what is unwanted
   */
  public static ClassPatch of(byte[] bytes, String unwanted) {
    int version = ClassHead.number(bytes, MAJOR_VERSION);
    if (version < OLDEST || version > NEWEST) {
      return null;
    }
    ClassHead head = new ClassHead(bytes);
    return head.mentions(unwanted) ? null : new ClassPatch(bytes, head);
  }

  /** How many methods it has. */
  public int methods() {
    return changed.length;
  }

  /** Whether a method has one of these names. */
  public boolean isNamed(int index, Set<String> names) {
    int constant = number(begins[index] + 2);
    for (String name : names) {
      if (head.isText(constant, name)) {
        return true;
      }
    }
    return false;
  }

  /** One of its methods. */
  public MethodPatch method(int index) {
    return new MethodPatch(bytes, begins[index], begins[index + 1], head, constants);
  }

  /** Puts another method in the place of one. */
  public void change(int index, byte[] method) {
    changed[index] = method;
  }

  /** Flags of the class. */
  public int access() {
    return number(head.end());
  }

  /** Internal name of the class. */
  public String name() {
    return head.className(number(head.end() + 2));
  }

  /** The class file with all changes; null when it has too many constants. */
  public byte[] toBytes() {
    if (!constants.fit()) {
      return null;
    }
    Bytes out = new Bytes(bytes.length + bytes.length / 4 + 1024);
    out.copy(bytes, 0, CONSTANTS - 2).u2(constants.count());
    out.copy(bytes, CONSTANTS, head.end()).copy(constants.bytes());
    int copied = head.end();
    for (int i = 0; i < changed.length; i++) {
      if (changed[i] != null) {
        out.copy(bytes, copied, begins[i]).copy(changed[i], 0, changed[i].length);
        copied = begins[i + 1];
      }
    }
    return out.copy(bytes, copied, bytes.length).toArray();
  }

  private int afterMember(int begin) {
    int at = begin + 8;
    for (int left = number(begin + 6); left > 0; left--) {
      at = ClassHead.afterAttribute(bytes, at);
    }
    return at;
  }

  private int number(int at) {
    return ClassHead.number(bytes, at);
  }
}
