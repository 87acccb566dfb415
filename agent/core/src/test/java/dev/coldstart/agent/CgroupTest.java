package dev.coldstart.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupTest {
  private static final String V2_STAT =
      """
      usage_usec 5182034
      user_usec 4102938
      system_usec 1079096
      nr_periods 412
      nr_throttled 87
      throttled_usec 2310456
      nr_bursts 0
      burst_usec 0
      """;
  private static final String V1_STAT =
      """
      nr_periods 412
      nr_throttled 87
      throttled_time 2310456789
      """;
  private static final String V2_ROOT_STAT =
      """
      usage_usec 13016187903
      user_usec 11944751286
      system_usec 1071436617
      """;
  private static final String V1_MEMBERSHIPS =
      """
      12:pids:/docker/4711
      11:cpuset:/docker/4711
      4:cpu,cpuacct:/docker/4711
      1:name=systemd:/docker/4711
      """;

  @TempDir private Path root;

  @Test
  void readsBothVersions() {
    assertThat(Cgroup.parse(V2_STAT)).isEqualTo(2_310_456_000L);
    assertThat(Cgroup.parse(V1_STAT)).isEqualTo(2_310_456_789L);
    assertThat(Cgroup.parse("throttled_usec 7")).isEqualTo(7_000L);
    assertThat(Cgroup.parse(V2_ROOT_STAT)).isNull();
    assertThat(Cgroup.parse("throttled_usec soon\n")).isNull();
  }

  @Test
  void findsTheOwnGroup() throws IOException {
    write("kubepods.slice/pod1/cpu.stat", V2_STAT);
    write("cpu.stat", V2_ROOT_STAT);

    assertThat(throttled("0::/kubepods.slice/pod1\n")).isEqualTo(2_310_456_000L);
  }

  @Test
  void findsTheGroupOfAContainerAtTheRoot() throws IOException {
    write("cpu.stat", V2_STAT);

    assertThat(throttled("0::/\n")).isEqualTo(2_310_456_000L);
    // Without a cgroup namespace the path is that of the host.
    assertThat(throttled("0::/system.slice/docker-4711.scope\n")).isEqualTo(2_310_456_000L);
  }

  @Test
  void findsVersionOneByItsController() throws IOException {
    write("cpu,cpuacct/docker/4711/cpu.stat", V1_STAT);
    write("cpuset/docker/4711/cpu.stat", "throttled_time 1\n");

    assertThat(throttled(V1_MEMBERSHIPS)).isEqualTo(2_310_456_789L);
  }

  @Test
  void findsVersionOneWhereBothAreMounted() throws IOException {
    write("cpu/cpu.stat", V1_STAT);
    write("unified/cpu.stat", V2_ROOT_STAT);

    assertThat(throttled("2:cpuacct:/\n1:cpu:/\n0::/\n")).isEqualTo(2_310_456_789L);
  }

  @Test
  void isUnknownWithoutALimitOrAGroup() throws IOException {
    write("cpu.stat", V2_ROOT_STAT);

    assertThat(throttled("0::/\n")).isNull();
    assertThat(throttled("not a line\n")).isNull();
    assertThat(throttled(null)).isNull();
  }

  private Long throttled(String memberships) {
    return new Cgroup(memberships, root.toString()).throttledNanos();
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.writeString(root.resolve(file), text);
  }
}
