package dev.coldstart.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CompilerTimeTest {
  /** The kernel keeps 15 characters of a name. */
  @Test
  void knowsTheCompilersByTheirNames() {
    assertThat(CompilerTime.isCompiler("C2 CompilerThre\n")).isTrue();
    assertThat(CompilerTime.isCompiler("C1 CompilerThre\n")).isTrue();
    assertThat(CompilerTime.isCompiler("JVMCI CompilerT\n")).isTrue();
    assertThat(CompilerTime.isCompiler("JSP Compiler\n")).isFalse();
    assertThat(CompilerTime.isCompiler(null)).isFalse();
  }

  @Test
  void isUnknownWhereNothingWasCompiled() {
    assertThat(CompilerTime.ratio(300, 100)).isEqualTo(0.5);
    assertThat(CompilerTime.ratio(300, 0)).isNull();
    assertThat(CompilerTime.ratio(300, 300)).isNull();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void readsThisProcess() {
    assertThat(CompilerTime.perNanoOfOtherWork()).isBetween(0.001, 100.0);
  }
}
