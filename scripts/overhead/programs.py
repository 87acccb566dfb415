"""Programs that are made to be started: an agent that does nothing, a main that does nothing, 15,000 classes."""

import glob
import os
import shutil
import subprocess


class Programs:
    def __init__(self, work, tools):
        self.work = work
        self.tools = tools

    def empty_agent(self):
        # With the signature that an agent needs: how premain is called is not ours to answer for.
        return self._jar("EmptyAgent", "public static void premain(String options,"
                                       " java.lang.instrument.Instrumentation instrumentation) {}")

    def trivial(self):
        return self._jar("Trivial", 'public static void main(String[] args) { System.out.println("done"); }')

    def many_classes(self):
        """A program that loads 15,000 classes of its jar, none of which the agent looks into."""
        jar, folder = f"{self.work}/many.jar", f"{self.work}/many"
        if os.path.exists(jar):
            return jar
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(f"{folder}/gen")
        for outer in range(150):
            inner = "\n".join(
                f'  static class C{i} {{ final int a = {i}; String text() {{ return "class {outer} {i} " + a; }}'
                f" int sum(int n) {{ int s = a; for (int j = 0; j < n; j++) s += j * a; return s; }} }}"
                for i in range(99))
            with open(f"{folder}/gen/Part{outer}.java", "w") as source:
                source.write(f"package gen;\nclass Part{outer} {{\n{inner}\n}}\n")
        with open(f"{folder}/gen/Main.java", "w") as source:
            source.write("""package gen;
public class Main {
  public static void main(String[] args) throws Exception {
    int sum = 0;
    for (int i = 0; i < 150; i++) {
      for (int j = -1; j < 99; j++) {
        sum += Class.forName("gen.Part" + i + (j < 0 ? "" : "$C" + j)).getModifiers();
      }
    }
    System.out.println(sum);
  }
}
""")
        self._run("javac", "--release", "17", "-d", f"{folder}/classes", *glob.glob(f"{folder}/gen/*.java"))
        self._run("jar", "cf", jar, "-C", f"{folder}/classes", ".")
        return jar

    def _jar(self, name, body):
        folder = f"{self.work}/{name}"
        os.makedirs(folder, exist_ok=True)
        with open(f"{folder}/{name}.java", "w") as source:
            source.write(f"public class {name} {{ {body} }}\n")
        with open(f"{folder}/manifest", "w") as manifest:
            manifest.write(f"Premain-Class: {name}\nCan-Retransform-Classes: true\n")
        self._run("javac", "--release", "17", "-d", folder, f"{folder}/{name}.java")
        self._run("jar", "cfm", f"{folder}.jar", f"{folder}/manifest", "-C", folder, f"{name}.class")
        return f"{folder}.jar"

    def _run(self, tool, *args):
        subprocess.run([f"{self.tools}/{tool}", *args], check=True)
