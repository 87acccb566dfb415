package shape;

import java.util.List;
import kotlin.collections.CollectionsKt;
import kotlin.ranges.IntRange;
import kotlin.text.Regex;
import kotlin.text.StringsKt;

/** Classes that Kotlin's compiler made: of extension functions, defaults, inline and data classes. */
public final class KotlinCalls {
  public static String run() {
    return StringsKt.padStart("x", 4, '.')
        + StringsKt.removePrefix("prefix-x", "prefix-")
        + CollectionsKt.joinToString(List.of(1, 2, 3), "+", "[", "]", 2, "..", n -> "n" + n)
        + new IntRange(2, 5).getEndInclusive()
        + new kotlin.Pair<>("a", 1)
        + new Regex("(a)(b)?").replace("abaa", match -> "<" + match.getValue() + ">")
        + failed();
  }

  private static String failed() {
    try {
      return StringsKt.padStart("x", -1, '.');
    } catch (IllegalArgumentException e) {
      return e + " at " + e.getStackTrace()[0];
    }
  }
}
