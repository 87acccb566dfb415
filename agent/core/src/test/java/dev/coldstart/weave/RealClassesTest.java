package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.bootstrap.Hook;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every method of whole libraries is woven; the JVM must accept each class, and some are run. */
class RealClassesTest {
  private static final List<BiFunction<String, String, Probe>> PROBES =
      List.of(
          WovenLoader.timing(),
          WovenLoader.replacing(
              new Hook() {
                @Override
                public Object after(
                    int site,
                    Object state,
                    Object self,
                    Object[] args,
                    Object result,
                    Throwable t) {
                  return result;
                }
              }));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.google.gson.Gson",
        "picocli.CommandLine",
        "org.HdrHistogram.Histogram",
        "io.opentelemetry.sdk.trace.SdkTracerProvider",
        "io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter",
        "net.jqwik.api.Arbitraries",
        "com.networknt.schema.JsonSchema",
        "com.fasterxml.jackson.databind.ObjectMapper"
      })
  void everyClassOfALibraryIsVerified(String inLibrary) throws Exception {
    Path jar =
        Path.of(
            Class.forName(inLibrary).getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> names = names(jar);
    WovenLoader loader = new WovenLoader(names::contains, bytes -> bytes, PROBES);
    List<String> refused = new ArrayList<>();
    int linked = 0;
    for (String name : names) {
      try {
        // Links, and so verifies, without running anything.
        linked += loader.loadClass(name).getDeclaredMethods() == null ? 0 : 1;
      } catch (VerifyError | ClassFormatError e) {
        refused.add(name + ": " + e.getMessage());
      } catch (LinkageError | ClassNotFoundException | RuntimeException e) {
        // Names a type of an optional dependency that is not here, or has no woven code.
      }
    }

    assertThat(refused).isEmpty();
    assertThat(linked).isGreaterThan(names.size() / 2);
  }

  @Test
  void aWovenLibraryWorksAsBefore() throws Exception {
    Path jar =
        Path.of(
            Class.forName("com.google.gson.Gson")
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    WovenLoader loader = new WovenLoader(names(jar)::contains, bytes -> bytes, PROBES);
    Class<?> gson = loader.loadClass("com.google.gson.Gson");
    Object instance = gson.getDeclaredConstructor().newInstance();
    Method toJson = gson.getMethod("toJson", Object.class);
    Method fromJson = gson.getMethod("fromJson", String.class, Class.class);
    String json = "{\"a\":[1.5,true,null,\"x\\u0000y\"],\"b\":{\"c\":[]}}";

    Object read = fromJson.invoke(instance, json, Map.class);

    assertThat(fromJson.invoke(instance, toJson.invoke(instance, read), Map.class)).isEqualTo(read);
  }

  private static List<String> names(Path jar) throws Exception {
    List<String> names = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (Enumeration<JarEntry> e = file.entries(); e.hasMoreElements(); ) {
        String path = e.nextElement().getName();
        if (path.endsWith(".class") && !path.startsWith("META-INF") && !path.contains("-")) {
          names.add(path.substring(0, path.length() - ".class".length()).replace('/', '.'));
        }
      }
    }
    return names;
  }
}
