package dev.coldstart.weave;

import static net.bytebuddy.jar.asm.Opcodes.ACC_PUBLIC;
import static net.bytebuddy.jar.asm.Opcodes.ALOAD;
import static net.bytebuddy.jar.asm.Opcodes.ARETURN;
import static net.bytebuddy.jar.asm.Opcodes.ATHROW;
import static net.bytebuddy.jar.asm.Opcodes.DUP;
import static net.bytebuddy.jar.asm.Opcodes.F_NEW;
import static net.bytebuddy.jar.asm.Opcodes.GETSTATIC;
import static net.bytebuddy.jar.asm.Opcodes.IFEQ;
import static net.bytebuddy.jar.asm.Opcodes.INVOKESPECIAL;
import static net.bytebuddy.jar.asm.Opcodes.NEW;
import static net.bytebuddy.jar.asm.Opcodes.RETURN;
import static net.bytebuddy.jar.asm.Opcodes.V17;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * A class with one method, which a probe matches: it throws a {@link SecurityException} when the
 * public field {@code fails} says so, and else returns a text. Types that its parameters name and
 * that are not on the class path are made as well, empty.
 */
final class ProbedClass extends ClassLoader {
  private static final String NAME = "probed.Type";
  private static final String INTERNAL = "probed/Type";
  private static final String OBJECT = "Ljava/lang/Object;";
  private static final Pattern DESCRIPTOR =
      Pattern.compile("\\((L[\\w$]+(/[\\w$]+)*;|[ZIJ])*\\)(L[\\w$]+(/[\\w$]+)*;|V)");

  private final Class<?> type;
  private final boolean constructor;

  /**
   * Makes it.
   *
   * @param site what the probe is registered as and woven with; negative: it is left as it is
   */
  ProbedClass(Probe probe, int site) throws ReflectiveOperationException {
    super(ProbedClass.class.getClassLoader());
    constructor = probe.method.equals("<init>");
    byte[] bytes = bytes(probe.method, descriptor(probe));
    if (site >= 0) {
      Sites.register(site, probe);
      WovenClass woven = new WovenClass(bytes);
      woven.want(probe, site);
      if (!woven.find().contains(site)) {
        throw new IllegalStateException("not found: " + probe.identity());
      }
      bytes = woven.weave();
    }
    type = defineClass(NAME, bytes, 0, bytes.length);
  }

  /** What a caller sees: the result, or the exception with the innermost frame. */
  String call(boolean fails) throws ReflectiveOperationException {
    type.getField("fails").setBoolean(null, fails);
    try {
      if (constructor) {
        Constructor<?> only = type.getConstructors()[0];
        return only.newInstance(values(only.getParameterTypes())).getClass().getName();
      }
      for (Method method : type.getDeclaredMethods()) {
        Object self = type.getConstructor().newInstance();
        return "" + method.invoke(self, values(method.getParameterTypes()));
      }
      throw new IllegalStateException("no method");
    } catch (InvocationTargetException e) {
      Throwable thrown = e.getCause();
      return thrown + " at " + thrown.getStackTrace()[0];
    }
  }

  @Override
  protected Class<?> findClass(String name) {
    ClassWriter stub = new ClassWriter(0);
    stub.visit(V17, ACC_PUBLIC, name.replace('.', '/'), null, "java/lang/Object", null);
    byte[] bytes = stub.toByteArray();
    return defineClass(name, bytes, 0, bytes.length);
  }

  private static Object[] values(Class<?>[] types) {
    Object[] values = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      // The zero of its type.
      values[i] = Array.get(Array.newInstance(types[i], 1), 0);
    }
    return values;
  }

  /** The first one that the probe matches. */
  private static String descriptor(Probe probe) {
    String result = probe.method.equals("<init>") ? "V" : OBJECT;
    String part = probe.taking.startsWith("(") ? probe.taking.substring(1) : probe.taking;
    List<String> tries = new ArrayList<>();
    for (String types : new String[] {part, "Lx/" + part, "Lx" + part + "X;", "Lx/" + part + ";"}) {
      String some = "(" + types;
      for (int i = 0; i < 12; i++) {
        tries.add(
            some + (some.contains(")") ? "" : ")") + (some.matches(".*\\)\\S+") ? "" : result));
        some += OBJECT;
      }
    }
    for (String descriptor : tries) {
      if (DESCRIPTOR.matcher(descriptor).matches() && probe.matches(probe.method, descriptor)) {
        return descriptor;
      }
    }
    throw new IllegalStateException("no descriptor for " + probe.identity());
  }

  private byte[] bytes(String name, String descriptor) {
    ClassWriter made = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    made.visit(V17, ACC_PUBLIC, INTERNAL, null, "java/lang/Object", null);
    made.visitField(ACC_PUBLIC | Opcodes.ACC_STATIC, "fails", "Z", null, null).visitEnd();
    if (!constructor) {
      MethodVisitor init = made.visitMethod(ACC_PUBLIC, "<init>", "()V", null, null);
      init.visitCode();
      callSuper(init);
      init.visitInsn(RETURN);
      init.visitMaxs(0, 0);
    }
    MethodVisitor code = made.visitMethod(ACC_PUBLIC, name, descriptor, null, null);
    code.visitCode();
    if (constructor) {
      callSuper(code);
    }
    Label returns = new Label();
    code.visitFieldInsn(GETSTATIC, INTERNAL, "fails", "Z");
    code.visitJumpInsn(IFEQ, returns);
    code.visitTypeInsn(NEW, "java/lang/SecurityException");
    code.visitInsn(DUP);
    code.visitLdcInsn("the application's");
    code.visitMethodInsn(
        INVOKESPECIAL, "java/lang/SecurityException", "<init>", "(Ljava/lang/String;)V", false);
    code.visitInsn(ATHROW);
    code.visitLabel(returns);
    Type[] parameters = Type.getArgumentTypes(descriptor);
    Object[] locals = new Object[parameters.length + 1];
    locals[0] = INTERNAL;
    for (int i = 0; i < parameters.length; i++) {
      locals[i + 1] = frameType(parameters[i]);
    }
    code.visitFrame(F_NEW, locals.length, locals, 0, null);
    Type returned = Type.getReturnType(descriptor);
    if (returned.getSort() == Type.VOID) {
      code.visitInsn(RETURN);
    } else {
      boolean any = returned.getDescriptor().equals(OBJECT);
      if (any) {
        code.visitLdcInsn("the application's result");
      } else {
        code.visitInsn(Opcodes.ACONST_NULL);
      }
      code.visitInsn(ARETURN);
    }
    code.visitMaxs(0, 0);
    made.visitEnd();
    return made.toByteArray();
  }

  private static Object frameType(Type type) {
    return switch (type.getSort()) {
      case Type.BOOLEAN, Type.INT -> Opcodes.INTEGER;
      case Type.LONG -> Opcodes.LONG;
      default -> type.getInternalName();
    };
  }

  private static void callSuper(MethodVisitor code) {
    code.visitVarInsn(ALOAD, 0);
    code.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
  }
}
