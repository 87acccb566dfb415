package dev.coldstart.weave;

import dev.coldstart.phase.Connect;
import dev.coldstart.phase.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;

/**
 * What a library file does, for people. Never used while an application is being watched.
 *
 * @param name as in {@code disable=}
 * @param testedVersions the versions its integration test runs
 * @param records phases it can record, then what else it tells
 * @param types binary names of the classes with probes, sorted
 */
public record LibraryFacts(
    String name, String testedVersions, List<String> records, List<String> types) {

  /** Reads them off a library file: its probes, and which calls its hooks make. */
  public static LibraryFacts of(Library library) {
    Set<String> records = new LinkedHashSet<>();
    Set<String> types = new TreeSet<>();
    Set<String> calls = calls(library.getClass());
    boolean threads = false;
    boolean lookUps = false;
    List<String> phases = new ArrayList<>();
    for (Probe probe : library.probes()) {
      types.addAll(probe.types());
      phases.add(probe.phase());
      lookUps |= probe.kind == Probe.Kind.LOOK_UP;
      threads |=
          probe.kind != Probe.Kind.TIME
              && probe.kind != Probe.Kind.READ
              && probe.kind != Probe.Kind.LOOK_UP;
    }
    if (calls.contains("ModelClient.<init>")) {
      phases.add(Phase.LLM_TTFT.id());
      phases.add(Phase.LLM_GENERATION.id());
    }
    for (Phase phase : Phase.values()) {
      if (phases.contains(phase.id())) {
        records.add(phase.id());
      }
    }
    if (phases.contains(Connect.PHASE)) {
      records.add("(steps of connections)");
    }
    if (calls.contains("Server.begins")
        || calls.stream().anyMatch(call -> call.startsWith("MessageEntry."))) {
      records.add("(requests)");
    }
    if (threads) {
      records.add("(requests from thread to thread)");
    }
    if (lookUps) {
      records.add("(nothing: lets code of bundles and modules find the recorder)");
    }
    if (records.isEmpty()) {
      records.add("(times inside other phases)");
    }
    return new LibraryFacts(
        library.name(), library.testedVersions(), List.copyOf(records), List.copyOf(types));
  }

  /** {@code Class.method} of each call into this package that the file's classes contain. */
  private static Set<String> calls(Class<?> file) {
    Set<String> calls = new TreeSet<>();
    for (Class<?> member : file.getNestMembers()) {
      String resource = member.getName().replace('.', '/') + ".class";
      try (InputStream in = member.getClassLoader().getResourceAsStream(resource)) {
        new ClassReader(in.readAllBytes()).accept(new Calls(calls), ClassReader.SKIP_DEBUG);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return calls;
  }

  private static final class Calls extends ClassVisitor {
    private static final String PACKAGE = "dev/coldstart/weave/";

    private final Set<String> calls;

    Calls(Set<String> calls) {
      super(WovenClass.ASM);
      this.calls = calls;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new MethodVisitor(WovenClass.ASM) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String called, String type, boolean isInterface) {
          if (owner.startsWith(PACKAGE)) {
            calls.add(owner.substring(PACKAGE.length()) + "." + called);
          }
        }
      };
    }
  }
}
