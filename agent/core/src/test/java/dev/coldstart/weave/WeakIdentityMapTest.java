package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class WeakIdentityMapTest {
  private final WeakIdentityMap<String> map = new WeakIdentityMap<>();

  @Test
  void goesByIdentity() {
    String a = new String("same");
    String b = new String("same");
    map.put(a, "first");
    map.put(b, "second");

    assertThat(map.get(a)).isEqualTo("first");
    assertThat(map.get(b)).isEqualTo("second");
    assertThat(map.remove(a)).isEqualTo("first");
    assertThat(map.get(a)).isNull();
    assertThat(map.remove(a)).isNull();
    assertThat(map.get(b)).isEqualTo("second");
    assertThat(map.get(null)).isNull();
    assertThat(map.remove(null)).isNull();
  }

  @Test
  void theSameObjectAgainReplacesItsValue() throws Exception {
    Object reused = new Object();
    for (int i = 0; i < 100; i++) {
      map.put(reused, "request " + i);
      assertThat(map.get(reused)).isEqualTo("request " + i);
    }
    assertThat(size()).isEqualTo(1);
    map.remove(reused);
    assertThat(map.get(reused)).isNull();
  }

  @Test
  void doesNotKeepItsKeysAlive() throws Exception {
    Object key = new Object();
    WeakReference<Object> reference = new WeakReference<>(key);
    map.put(key, "value");
    key = null;
    for (int i = 0; i < 100 && reference.get() != null; i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertThat(reference.get()).isNull();
    for (int i = 0; i < 100 && size() > 1; i++) {
      map.put(map, "tidies up");
      Thread.sleep(10);
    }
    assertThat(size()).isEqualTo(1);
  }

  @Test
  void manyThreadsEachFindTheirOwn() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    List<Future<?>> all = new ArrayList<>();
    for (int t = 0; t < 16; t++) {
      String name = "thread " + t;
      all.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 20_000; i++) {
                  Object key = new Object();
                  map.put(key, name);
                  assertThat(map.get(key)).isEqualTo(name);
                  assertThat(map.remove(key)).isEqualTo(name);
                }
              }));
    }
    for (Future<?> one : all) {
      one.get();
    }
    threads.shutdown();
    assertThat(size()).isZero();
  }

  private int size() throws ReflectiveOperationException {
    Field field = WeakIdentityMap.class.getDeclaredField("map");
    field.setAccessible(true);
    return ((Map<?, ?>) field.get(map)).size();
  }
}
