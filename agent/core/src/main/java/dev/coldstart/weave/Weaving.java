package dev.coldstart.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Weaves one class with the probes of the libraries that name it. Loads ASM. */
final class Weaving {
  private final Index index;
  private final String binaryName;
  private final byte[] libraries;
  private final Set<String> roots;
  private final List<String> warnings = new ArrayList<>();

  /**
   * A class to weave.
   *
   * @param libraries numbers of the libraries with probes for it
   * @param roots types that probes for subtypes name and that it extends or implements
   */
  Weaving(Index index, String internalName, byte[] libraries, Set<String> roots) {
    this.index = index;
    this.binaryName = internalName.replace('/', '.');
    this.libraries = libraries;
    this.roots = roots;
  }

  Woven weave(byte[] bytes) throws ReflectiveOperationException {
    WovenClass woven = new WovenClass(bytes);
    for (byte library : libraries) {
      Probe[] probes = index.probes(library);
      for (int i = 0; i < probes.length; i++) {
        if (probes[i].isFor(binaryName, roots)) {
          woven.want(probes[i], index.firstSite(library) + i);
        }
      }
    }
    Set<Integer> found = woven.find();
    if (woven.wovenBefore()) {
      byte[] none = {};
      String warning =
          "left "
              + binaryName
              + " untouched: it calls the recorder already; take out the other copy of the agent, or"
              + " the step of the build, that wove it";
      return new Woven(none, none, none, new String[] {warning});
    }
    byte[] result = woven.weave();
    Set<Integer> sites = woven.sites();
    woven
        .leftAlone()
        .forEach(
            (method, reason) ->
                warnings.add(
                    "left "
                        + binaryName
                        + "."
                        + method
                        + " untouched: woven "
                        + reason
                        + "; its time is missing from the report"));
    byte[] owners = new byte[libraries.length];
    byte[] hooked = new byte[libraries.length];
    int ownerCount = 0;
    int hookedCount = 0;
    for (byte library : libraries) {
      Probe[] probes = index.probes(library);
      int first = index.firstSite(library);
      boolean any = false;
      boolean isWoven = false;
      boolean hooks = false;
      boolean declared = false;
      for (int i = 0; i < probes.length; i++) {
        any |= found.contains(first + i);
        isWoven |= sites.contains(first + i);
        declared |= woven.onlyDeclares(first + i);
        declared |= probes[i].isOptional() && probes[i].isFor(binaryName, roots);
        hooks |= sites.contains(first + i) && probes[i].hook != null;
      }
      if (isWoven) {
        owners[ownerCount++] = library;
      }
      if (hooks) {
        hooked[hookedCount++] = library;
      }
      if (index.isUser(library)) {
        warnOfMissing(probes, first, found);
      } else if (!any && !declared) {
        warnings.add(
            "found none of the expected methods in "
                + binaryName
                + " ("
                + index.name(library)
                + "): this version is not supported yet");
      }
    }
    return new Woven(
        result == null ? new byte[0] : result,
        first(owners, ownerCount),
        first(hooked, hookedCount),
        warnings.toArray(new String[0]));
  }

  /** A user named each of these methods. */
  private void warnOfMissing(Probe[] probes, int first, Set<Integer> found) {
    for (int i = 0; i < probes.length; i++) {
      // A subtype need not have the method itself.
      boolean meant = !probes[i].isForSubtypes() && probes[i].isFor(binaryName, roots);
      if (meant && !found.contains(first + i)) {
        warnings.add(
            binaryName
                + " has no method "
                + probes[i].method
                + " with a body, asked for by probes= or requests=: check the name, or name the"
                + " class that implements it");
      }
    }
  }

  private static byte[] first(byte[] all, int count) {
    byte[] some = new byte[count];
    System.arraycopy(all, 0, some, 0, count);
    return some;
  }
}
