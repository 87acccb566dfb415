#!/usr/bin/env python3
"""What the agent costs a start. Started by bench-overhead.sh, which builds and fetches the jars."""

import argparse
import glob
import json
import math
import os
import platform
import random
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import time

QUESTION = b"GET /chat?q=Where+is+my+order+A-1001%3F HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"
TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")
PARTS = ["spring", "langchain4j", "generated", "trivial", "core", "load", "memory", "micro"]


class Bench:
    def __init__(self, args):
        self.args = args
        self.n = args.n or (6 if args.quick else 40)
        self.rows = []
        self.samples = {}
        self.agent = f"{args.root}/agent/dist/target/coldstart-agent.jar"
        home = os.environ.get("JAVA_HOME")
        self.java = f"{home}/bin/java" if home else shutil.which("java")
        self.javac = os.path.join(os.path.dirname(os.path.realpath(self.java)), "javac")
        self.jar_tool = os.path.join(os.path.dirname(os.path.realpath(self.java)), "jar")
        self.jcmd = os.path.join(os.path.dirname(os.path.realpath(self.java)), "jcmd")
        self.empty = self.make_jar("EmptyAgent", "public static void premain(String a) {}")
        self.reports = f"{args.work}/reports"
        self.cache = f"{args.work}/cache"

    # ---- variants

    def ours(self, cache):
        return f"-javaagent:{self.agent}=summary=off,dir={self.reports},cache={cache}"

    def neighbour(self, name):
        return [f"-javaagent:{self.args.neighbours}/{name}.jar",
                f"@{self.args.root}/scripts/lib/neighbours/{name}.options"]

    def variants(self, names):
        work = self.args.work
        known = {
            "none": [],
            "empty": [f"-javaagent:{self.empty}"],
            # Written, and never found again: an image's first start.
            "cold cache": [self.ours(f"{work}/cache-cold")],
            "warm cache": [self.ours(self.cache)],
            "OpenTelemetry": self.neighbour("opentelemetry"),
            "Elastic": self.neighbour("elastic"),
            "Datadog": self.neighbour("datadog"),
        }
        return [(name, known[name]) for name in names]

    # ---- one start

    def start(self, jvm, command, env=None, cpus=None):
        shutil.rmtree(f"{self.args.work}/cache-cold", ignore_errors=True)
        shutil.rmtree(self.reports, ignore_errors=True)
        full = (["taskset", "-c", cpus] if cpus else []) + [self.java] + jvm + command
        self.err = open(f"{self.args.work}/stderr.txt", "w")
        begin = time.monotonic()
        process = subprocess.Popen(full, env=env, stdout=subprocess.PIPE, stderr=self.err)
        return process, begin

    def port(self, process):
        for line in iter(process.stdout.readline, b""):
            found = re.search(rb"listening on 127\.0\.0\.1:(\d+)", line)
            if found:
                return int(found.group(1))
        raise SystemExit("service ended early:\n" + open(f"{self.args.work}/stderr.txt").read())

    def ask(self, port):
        """Milliseconds to the first word and to the end of one answer."""
        begin = time.monotonic()
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.settimeout(60)
            connection.sendall(QUESTION)
            answer, first = b"", None
            while True:
                read = connection.recv(65536)
                if not read:
                    break
                answer += read
                if first is None and b"data:" in answer:
                    first = time.monotonic()
        if first is None:
            raise SystemExit(f"no answer: {answer[:300]!r}")
        return (first - begin) * 1e3, (time.monotonic() - begin) * 1e3

    def cpu(self, pid):
        fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * TICK_MS

    def stop(self, process):
        begin = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        process.stdout.close()
        self.err.close()
        return (time.monotonic() - begin) * 1e3

    def service_run(self, jvm, command, cpus=None, warm=0, look=None):
        backends, env = self.backends()
        try:
            process, begin = self.start(jvm, command, env, cpus)
            try:
                port = self.port(process)
                result = {"ready_ms": (time.monotonic() - begin) * 1e3}
                self.ask(port)
                result["first_token_ms"] = (time.monotonic() - begin) * 1e3
                result["cpu_ms"] = self.cpu(process.pid)
                result["warm_ms"] = [self.ask(port)[1] for _ in range(warm)]
                if look:
                    result.update(look(process.pid))
                time.sleep(0.3)
                result["stop_ms"] = self.stop(process)
                result["report"] = self.own_cost()
                return result
            finally:
                if process.poll() is None:
                    process.kill()
                    process.wait()
        finally:
            if backends:
                backends.terminate()
                backends.wait()

    def own_cost(self):
        files = glob.glob(f"{self.reports}/*.json")
        if not files:
            return None
        agent = json.load(open(files[0]))["agent"]
        parts = ["premain_ns", "weaving_ns", "recording_ns"]
        return sum(agent[part] or 0 for part in parts) / 1e6

    def backends(self):
        jar = glob.glob(f"{self.args.root}/demo-app/backends/target/coldstart-demo-backends-*.jar")[0]
        file = f"{self.args.work}/backends.env"
        process = subprocess.Popen(
            [self.java, "-jar", jar, "--scale", "0.001", "--env-file", file,
             "--ledger", f"{self.args.work}/ledger.jsonl"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        if not process.stdout.readline().startswith(b"READY"):
            raise SystemExit("the stand-ins did not start")
        env = dict(os.environ, PORT="0")
        for line in open(file):
            name, value = line.strip().removeprefix("export ").split("=", 1)
            env[name] = value.strip("'")
        return process, env

    # ---- interleaved runs

    def interleave(self, part, names, run, n=None):
        """Rounds in which each variant has its turn, in an order of chance."""
        variants = self.variants(names)
        samples = {name: [] for name in names}
        for turn in range((n or self.n) + 1):
            random.shuffle(variants)
            for name, jvm in variants:
                sample = run(jvm)
                if turn > 0:  # The first round fills the system's caches, and ours.
                    samples[name].append(sample)
                print(f"  {part}: round {turn} of {n or self.n}, {name}", file=sys.stderr, flush=True)
        self.samples[part] = samples
        return samples

    def difference(self, samples, name, base, key):
        """Mean of the differences within rounds, half a 95 % interval, and the base's mean."""
        pairs = [a[key] - b[key] for a, b in zip(samples[name], samples[base])]
        half = t95(len(pairs) - 1) * statistics.stdev(pairs) / math.sqrt(len(pairs))
        return statistics.mean(pairs), half, statistics.mean(b[key] for b in samples[base])

    def row(self, what, target, figure, half, unit, n, met):
        verdict = "pass" if met is True else "MISSED" if met is False else "inconclusive"
        self.rows.append(dict(what=what, target=target, figure=figure, half=half, unit=unit, n=n, verdict=verdict))

    def at_most(self, what, target, samples, name, base, key, limit):
        """Missed when the whole interval is above the limit, passed when it is below it."""
        figure, half, mean = self.difference(samples, name, base, key)
        bound = limit(mean)
        met = True if figure + half <= bound else False if figure - half > bound else None
        self.row(what, f"{target} = {bound:.0f} ms", figure, half, "ms", len(samples[name]), met)
        return figure, half, mean

    def start_rows(self, part, samples):
        share = lambda mean: max(0.01 * mean, 100)
        for key, label in (("ready_ms", "ready"), ("first_token_ms", "first token")):
            ours, _, _ = self.at_most(f"{part}: time to {label}, first start", "+1 % or 100 ms",
                                      samples, "cold cache", "none", key, share)
            if "OpenTelemetry" in samples:
                other, half, _ = self.difference(samples, "OpenTelemetry", "none", key)
                met = ours <= other / 20 if abs(ours) > half / 20 else None
                self.row(f"{part}: {label}, share of what OpenTelemetry adds", "<= 1/20",
                         ours / other if other else math.nan, None, "of it", len(samples["none"]), met)
            figure, half, mean = self.difference(samples, "warm cache", "empty", key)
            met = None if 2 * half > 0.01 * mean else abs(figure) <= half
            if figure - half > 0:
                met = False
            self.row(f"{part}: time to {label}, warm cache over empty agent", "0 in an interval of 1 %",
                     figure, half, "ms", len(samples["none"]), met)
        for variant in ("cold cache", "warm cache"):
            self.at_most(f"{part}: CPU until first token, {variant}", "+2 %", samples, variant, "none",
                         "cpu_ms", lambda mean: 0.02 * mean)
        for name in ("OpenTelemetry", "Elastic", "Datadog", "empty"):
            if name in samples:
                for key, label in (("first_token_ms", "first token"), ("cpu_ms", "CPU")):
                    figure, half, _ = self.difference(samples, name, "none", key)
                    self.rows.append(dict(what=f"{part}: {label}, {name}", target="for comparison", figure=figure,
                                          half=half, unit="ms", n=len(samples[name]), verdict="-"))
        costs = [s["report"] for s in samples["cold cache"] if s["report"] is not None]
        if costs:
            cpu, half, _ = self.difference(samples, "cold cache", "empty", "cpu_ms")
            off = statistics.mean(costs) - cpu
            bound = max(20, 0.2 * abs(cpu))
            met = True if abs(off) + half <= bound else False if abs(off) - half > bound else None
            self.row(f"{part}: own cost in the report less measured CPU", f"within 20 % or 20 ms = {bound:.0f} ms",
                     off, half, "ms", len(costs), met)
        self.at_most(f"{part}: shutdown", "+50 ms", samples, "cold cache", "none", "stop_ms", lambda _: 50)

    # ---- the parts

    def service(self, name):
        return ["-jar", glob.glob(f"{self.args.root}/demo-app/{name}-service/target/coldstart-demo-{name}-*.jar")[0]]

    def spring(self):
        names = ["none", "empty", "cold cache", "warm cache", "OpenTelemetry", "Elastic", "Datadog"]
        command = self.service("spring-ai")
        self.start_rows("Spring AI", self.interleave("Spring AI", names, lambda jvm: self.service_run(jvm, command)))

    def langchain4j(self):
        names = ["none", "empty", "cold cache", "warm cache"]
        command = self.service("langchain4j")
        samples = self.interleave("LangChain4j", names, lambda jvm: self.service_run(jvm, command))
        self.start_rows("LangChain4j", samples)

    def core(self):
        names = ["none", "cold cache", "warm cache"]
        command = self.service("langchain4j")
        samples = self.interleave("one core", names, lambda jvm: self.service_run(jvm, command, cpus="0"),
                                  max(3, self.n // 2))
        for name in names[1:]:
            self.at_most(f"one core: time to first token, {name}", "+3 %", samples, name, "none", "first_token_ms",
                         lambda mean: 0.03 * mean)

    def generated(self):
        command = ["-cp", self.many_classes(), "gen.Main"]
        names = ["none", "empty", "cold cache", "warm cache", "OpenTelemetry"]
        samples = self.interleave("15,000 classes", names, lambda jvm: self.exit_run(jvm, command))
        self.at_most("15,000 classes: wall time, our agent", "+1 % or 100 ms", samples, "cold cache", "none",
                     "wall_ms", lambda mean: max(0.01 * mean, 100))
        self.at_most("15,000 classes: CPU", "+2 %", samples, "cold cache", "none", "cpu_ms", lambda mean: 0.02 * mean)

    def trivial(self):
        jar = self.make_jar("Trivial", 'public static void main(String[] a) { System.out.println("done"); }')
        command = ["-cp", jar, "Trivial"]
        names = ["none", "empty", "warm cache"]
        samples = self.interleave("trivial main", names, lambda jvm: self.exit_run(jvm, command), 4 * self.n)
        self.at_most("trivial main: wall time over an empty agent", "+15 ms", samples, "warm cache", "empty",
                     "wall_ms", lambda _: 15)

    def exit_run(self, jvm, command):
        before = os.times()
        process, begin = self.start(jvm, command)
        process.stdout.read()
        process.wait()
        wall = (time.monotonic() - begin) * 1e3
        after = os.times()
        process.stdout.close()
        self.err.close()
        used = after.children_user + after.children_system - before.children_user - before.children_system
        return {"wall_ms": wall, "cpu_ms": used * 1e3}

    def load(self):
        """Warm requests one after the other, after 100 that are not counted."""
        count = 200 if self.args.quick else 1000
        command = self.service("langchain4j")

        def run(jvm):
            result = self.service_run(jvm, command, warm=100 + count)
            times = sorted(result["warm_ms"][100:])
            return {"rate": 1e3 * count / sum(times), "p99": times[int(0.99 * len(times))]}

        samples = self.interleave("load", ["none", "warm cache"], run, 3 if self.args.quick else 10)
        for key, label, sign in (("rate", "throughput", 1), ("p99", "p99", -1)):
            ratios = [(a[key] / b[key]) ** sign for a, b in zip(samples["warm cache"], samples["none"])]
            half = t95(len(ratios) - 1) * statistics.stdev(ratios) / math.sqrt(len(ratios))
            mean = statistics.mean(ratios)
            met = True if mean - half >= 0.99 else False if mean + half < 0.99 else None
            self.row(f"warm requests: {label}", ">= 0.99 of no agent", mean, half, "of it", len(ratios), met)

    def memory(self):
        command = self.service("langchain4j")

        def look(pid):
            # The second one is what remains after references that the first one cleared.
            for _ in range(2):
                histogram = subprocess.run([self.jcmd, str(pid), "GC.class_histogram"], capture_output=True, text=True)
            heap = subprocess.run([self.jcmd, str(pid), "GC.heap_info"], capture_output=True, text=True)
            total = re.search(r"^Total\s+\d+\s+(\d+)", histogram.stdout, re.M)
            meta = re.search(r"Metaspace\s+used (\d+)K", heap.stdout)
            return {"heap_mb": int(total.group(1)) / 2**20, "metaspace_mb": int(meta.group(1)) / 2**10}

        run = lambda jvm: self.service_run(jvm, command, warm=20, look=look)
        samples = self.interleave("memory", ["none", "cold cache"], run, 3)
        for key, limit in (("heap_mb", 3), ("metaspace_mb", 8)):
            figure, half, _ = self.difference(samples, "cold cache", "none", key)
            met = True if figure <= limit else False
            self.row(f"{key[:-3]} kept after 20 warm requests", f"<= {limit} MB", figure, half, "MB", 3, met)
        size = os.path.getsize(self.agent) / 2**20
        self.row("jar", "<= 8 MB", size, None, "MB", 1, size <= 8)

    def micro(self):
        file = f"{self.args.work}/jmh.json"
        quick = ["-f", "1", "-wi", "3", "-i", "5"] if self.args.quick else []
        subprocess.run([self.java, "-jar", f"{self.args.root}/agent/bench/target/benchmarks.jar", "RecorderBenchmark",
                        "-prof", "gc", "-rf", "json", "-rff", file, *quick],
                       check=True, stdout=subprocess.DEVNULL)
        scores = {}
        for result in json.load(open(file)):
            metric = result["primaryMetric"]
            scores[result["benchmark"].rsplit(".", 1)[1]] = (metric["score"], number(metric["scoreError"]))
        one, error = scores["enterExit"]
        self.row("enter + exit", "<= 60 ns", one, error, "ns", 5,
                 True if one + error <= 60 else False if one - error > 60 else None)
        self.row("clock alone (two reads in each)", "for comparison", *scores["clock"], "ns", 5, None)
        self.rows[-1]["verdict"] = "-"
        cpus = os.cpu_count()
        many, error = scores["enterExitOn16"]
        fair = one * max(1, 16 / cpus)
        self.row(f"enter + exit on 16 threads, {cpus} CPUs: against fair shares", "<= 1.25", many / fair, error / fair,
                 "of it", 5, many / fair <= 1.25)

    # ---- what is run

    def make_jar(self, name, body):
        folder = f"{self.args.work}/{name}"
        os.makedirs(folder, exist_ok=True)
        with open(f"{folder}/{name}.java", "w") as source:
            source.write(f"public class {name} {{ {body} }}\n")
        with open(f"{folder}/manifest", "w") as manifest:
            manifest.write(f"Premain-Class: {name}\nCan-Retransform-Classes: true\n")
        subprocess.run([self.javac, "-d", folder, f"{folder}/{name}.java"], check=True)
        subprocess.run([self.jar_tool, "cfm", f"{folder}.jar", f"{folder}/manifest", "-C", folder, f"{name}.class"],
                       check=True)
        return f"{folder}.jar"

    def many_classes(self):
        """A program that loads 15,000 classes of its jar, none of which the agent looks into."""
        jar, folder = f"{self.args.work}/many.jar", f"{self.args.work}/many"
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
        subprocess.run([self.javac, "-d", f"{folder}/classes", *glob.glob(f"{folder}/gen/*.java")], check=True)
        subprocess.run([self.jar_tool, "cf", jar, "-C", f"{folder}/classes", "."], check=True)
        return jar

    # ---- results

    def facts(self):
        version = subprocess.run([self.java, "-version"], capture_output=True, text=True).stderr.splitlines()
        model = re.search(r"model name\s*:\s*(.*)", open("/proc/cpuinfo").read())
        return {
            "date": time.strftime("%Y-%m-%d"),
            "java": version[1] if len(version) > 1 else "unknown",
            "os": f"{platform.system()} {platform.release()}",
            "cpus": os.cpu_count(),
            "cpu": model.group(1) if model else platform.machine(),
            "load": os.getloadavg()[0],
            "agents": self.args.versions,
            "rounds": self.n,
        }

    def table(self):
        lines = ["| what | target | figure | 95 % interval | n | verdict |", "|---|---|---|---|---|---|"]
        for row in self.rows:
            places = 3 if row["unit"] == "of it" else 1
            figure = f"{row['figure']:+.{places}f}" if row["unit"] == "ms" else f"{row['figure']:.{places}f}"
            interval = "-"
            if row["half"] is not None:
                low, high = row["figure"] - row["half"], row["figure"] + row["half"]
                interval = f"{low:.{places}f} .. {high:.{places}f}"
            lines.append(f"| {row['what']} | {row['target']} | {figure} {row['unit']} | {interval} | {row['n']} |"
                         f" {row['verdict']} |")
        return "\n".join(lines)

    def chart(self):
        """Added time to first token, with intervals, as a small SVG."""
        bars = []
        for part, samples in self.samples.items():
            if "none" in samples and "first_token_ms" in samples["none"][0]:
                bars += [(f"{part}: {name}", *self.difference(samples, name, "none", "first_token_ms")[:2])
                         for name in samples if name != "none"]
        if not bars:
            return None
        low = min(0, *(figure - half for _, figure, half in bars))
        high = max(1, *(figure + half for _, figure, half in bars))
        x = lambda value: 230 + 400 * (value - low) / (high - low)
        out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 {40 + 24 * len(bars)}" '
               'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>',
               '<text x="10" y="18">Added time to first token, ms; lines are 95 % intervals</text>']
        for i, (name, figure, half) in enumerate(bars):
            y = 34 + 24 * i
            left, width = min(x(0), x(figure)), abs(x(figure) - x(0))
            out.append(f'<text x="10" y="{y + 11}">{name}</text>'
                       f'<rect x="{left:.1f}" y="{y}" width="{width:.1f}" height="14" fill="#5b8db8"/>'
                       f'<path d="M{x(figure - half):.1f} {y + 7}H{x(figure + half):.1f}" stroke="#222"/>'
                       f'<text x="650" y="{y + 11}">{figure:+.0f}</text>')
        return "\n".join(out + ["</svg>\n"])

    def page(self, facts):
        words = f"{facts['java']}, {facts['cpus']} x {facts['cpu']}, {facts['os']}, load {facts['load']:.1f}"
        return f"""# What the agent costs

Written by `scripts/bench-overhead.sh`; do not edit. Last run {facts['date']}: {words}.
Other agents: {facts['agents']}, exporters off. Variants take turns in an order of chance,
and a figure is the mean of the differences within rounds. "Cold cache" is the first start of an image,
"warm cache" every later one. "Inconclusive": the interval holds the limit; more rounds (`-n`) decide. Parts
that were not run keep the rows of their last run.

{self.table()}

How AppCDS and the AOT cache go with the agent: [cds.md](cds.md).
"""


def t95(df):
    """Two-sided 95 % quantile of Student's t, by Cornish-Fisher's expansion; exact enough from 2 on."""
    z = 1.959964
    return z + (z**3 + z) / (4 * df) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df**2) + (
        3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * df**3)


def number(value):
    return 0.0 if value == "NaN" or value is None else float(value)


def main():
    parser = argparse.ArgumentParser()
    for name in ("root", "work", "out", "neighbours", "versions"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--page", action="store_true")
    parser.add_argument("-n", type=int)
    parser.add_argument("--only", default=",".join(PARTS))
    args = parser.parse_args()
    parts = args.only.split(",")
    if not set(parts) <= set(PARTS) or (args.n is not None and args.n < 3):
        parser.error(f"--only takes {', '.join(PARTS)}; -n takes 3 or more")
    # So that what was started is stopped as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    bench = Bench(args)
    file = f"{args.out}/overhead.json"
    # Parts that are not run keep the rows of their last run in the same directory.
    earlier = json.load(open(file)) if os.path.exists(file) else {"rows": {}, "samples": {}}
    rows = earlier["rows"]
    for part in parts:
        bench.rows = []
        getattr(bench, part)()
        rows[part] = bench.rows
    bench.rows = [row for part in PARTS for row in rows.get(part, [])]
    bench.samples = {**earlier["samples"], **bench.samples}
    facts = bench.facts()
    with open(file, "w") as out:
        json.dump({"facts": facts, "rows": rows, "samples": bench.samples}, out, indent=1)
    chart = bench.chart()
    if chart:
        with open(f"{args.out}/overhead.svg", "w") as out:
            out.write(chart)
    page = bench.page(facts)
    with open(f"{args.out}/overhead.md", "w") as out:
        out.write(page)
    if args.page:
        shutil.copy(f"{args.out}/overhead.md", f"{args.root}/agent/docs/overhead.md")
    print(bench.table())
    missed = sum(row["verdict"] == "MISSED" for row in bench.rows)
    print(f"\n{missed} missed, {sum(row['verdict'] == 'inconclusive' for row in bench.rows)} inconclusive;"
          f" samples in {file}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
