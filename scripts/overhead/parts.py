"""The parts of the bench: which starts each makes and which rows come of them."""

import json
import math
import os
import re
import subprocess
import threading
import time

from starts import Service, ask, cpu, interleave
from stats import Figure, column, known, pairs

OTHERS = ["OpenTelemetry", "Elastic", "Datadog"]
CLIENTS = 4


class Parts:
    """Runs with one JDK; rows of another JDK than the first have its version before them."""

    def __init__(self, bench, jdk, label, table):
        self.bench = bench
        self.java = f"{jdk}/bin/java"
        self.jcmd = f"{jdk}/bin/jcmd"
        self.label = label
        self.table = table
        self.samples = {}
        self.classes = {}

    # ---- what is measured

    def spring(self):
        """Spring Boot and Spring AI, the service that the targets are for."""
        jar = self.bench.service("spring-ai")
        self.classes[f"{self.label}Spring AI"] = self._classes(jar)
        agent = self._every_agent()
        names = ["none", "empty", "cold cache", "warm cache"] + (OTHERS if not self.label else [])
        self._start_rows("Spring AI", self._services("Spring AI", names, jar), agent)

    def langchain4j(self):
        jar = self.bench.service("langchain4j")
        self.classes[f"{self.label}LangChain4j"] = self._classes(jar)
        samples = self._services("LangChain4j", ["none", "empty", "cold cache", "warm cache"], jar)
        part = f"{self.label}LangChain4j"
        for cache in ("cold cache", "warm cache"):
            for key, text in (("ready_ms", "ready"), ("first_token_ms", "first token"), ("cpu_ms", "CPU")):
                self.table.compare(f"{part}: {text}, {cache}", pairs(samples, cache, "none", key))
            self.table.compare(f"{part}: premain, weaving and compiling, {cache}", Figure(column(samples, cache, "added_ms")))
        self._shutdown(part, samples)

    def core(self):
        jar = self.bench.service("spring-ai")
        agent = self._every_agent()
        samples = self._services("one core", ["none", "cold cache", "warm cache"], jar, self.bench.few, cpus="0")
        limit = 0.03 * Figure(column(samples, "none", "first_token_ms")).mean
        for cache in ("cold cache", "warm cache"):
            self.table.witnessed(
                f"{self.label}one core: time to first token, {cache}", f"+3 % = {limit:.0f} ms",
                over(agent["cpu_ms"], samples, cache, "own_cpu_ms"), pairs(samples, cache, "none", "first_token_ms"), limit)

    def generated(self):
        command = ["-cp", self.bench.programs.many_classes(), "gen.Main"]
        names = ["none", "empty", "cold cache"] + ([] if self.label else ["OpenTelemetry"])
        samples = self._exits("15,000 classes", names, command, self.bench.n)
        part = f"{self.label}15,000 classes"
        base = {key: Figure(column(samples, "none", key)).mean for key in ("wall_ms", "cpu_ms")}
        limit = max(0.01 * base["wall_ms"], 100)
        self.table.at_most(f"{part}: wall time", f"+1 % or 100 ms = {limit:.0f} ms",
                           pairs(samples, "cold cache", "none", "wall_ms"), limit)
        self.table.compare(f"{part}: CPU over an empty agent", pairs(samples, "cold cache", "empty", "cpu_ms"))
        if "OpenTelemetry" in samples:
            self.table.compare(f"{part}: wall time, OpenTelemetry", pairs(samples, "OpenTelemetry", "none", "wall_ms"))

    def trivial(self):
        command = ["-cp", self.bench.programs.trivial(), "Trivial"]
        samples = self._exits("trivial main", ["none", "empty", "warm cache"], command, 5 * self.bench.n)
        self.table.at_most(f"{self.label}trivial main: wall time over an empty agent", "+15 ms",
                           pairs(samples, "warm cache", "empty", "wall_ms"), 15)
        self.table.compare(f"{self.label}trivial main: CPU over an empty agent",
                           pairs(samples, "warm cache", "empty", "cpu_ms"))

    def load(self):
        """A service without and one with the agent at once; batches of requests take turns, so that both see the
        same machine."""
        jar = self.bench.service("langchain4j")
        lost, late, recorded, share = [], [], [], []
        for turn in range(self.bench.few):
            times = self._load(jar, turn, lost)
            late.append(1 - percentile(times["none"], 0.99) / percentile(times["warm cache"], 0.99))
            ledger = self.bench.variants.ledger()
            if ledger:
                requests = len(times["warm cache"]) + self.bench.warm_up
                recorded.append(ledger["recording"] / requests)
                share.append(recorded[-1] / (sum(times["warm cache"]) / len(times["warm cache"])))
        if not recorded:
            raise SystemExit("no report was written")
        self.table.witnessed(f"{self.label}under load: throughput lost", "<= 0.01 of no agent", Figure(share),
                             Figure(lost), 0.01, "of it")
        self.table.witnessed(f"{self.label}under load: p99 added", "<= 0.01 of no agent", Figure(share),
                             Figure(late), 0.01, "of it")
        self.table.compare(f"{self.label}under load: recording in a request", Figure(recorded))

    def memory(self):
        jar = self.bench.service("spring-ai")
        samples = self._services("memory", ["none", "cold cache"], jar, 3, warm=20, look=self._memory)
        for key, limit in (("heap_mb", 3), ("metaspace_mb", 8)):
            figure = pairs(samples, "cold cache", "none", key)
            self.table.measured(f"{self.label}{key[:-3]} kept after 20 warm requests", f"<= {limit} MB", figure,
                                figure.mean <= limit, "MB")
        size = os.path.getsize(self.bench.variants.agent) / 2**20
        self.table.measured("jar", "<= 8 MB", Figure([size]), size <= 8, "MB")

    def micro(self):
        file = f"{self.bench.work}/jmh.json"
        quick = ["-f", "1", "-wi", "3", "-i", "5"] if self.bench.quick else []
        subprocess.run([self.java, "-jar", self.bench.benchmarks, "RecorderBenchmark", "-prof", "gc", "-rf", "json",
                        "-rff", file, *quick], check=True, stdout=subprocess.DEVNULL)
        results = {r["benchmark"].rsplit(".", 1)[1]: r for r in json.load(open(file))}

        def score(name):
            metric = results[name]["primaryMetric"]
            count = sum(len(fork) for fork in metric["rawData"])
            error = metric["scoreError"]
            return known(metric["score"], float(error) if error not in ("NaN", None) else math.inf, count)

        one, many = score("enterExit"), score("enterExitOn16")
        self.table.at_most(f"{self.label}enter + exit", "<= 60 ns", one, 60, "ns")
        clock = score("clock")
        self.table.compare(f"{self.label}of these, two reads of the clock", known(2 * clock.mean, 2 * clock.half, clock.n),
                           "ns")
        bytes_each = results["enterExit"]["secondaryMetrics"]["gc.alloc.rate.norm"]["score"]
        requests = results["request"]["secondaryMetrics"]["gc.alloc.rate.norm"]["score"] / 60
        self.table.measured(f"{self.label}enter + exit: bytes allocated", "0", Figure([max(0, bytes_each - requests)]),
                            bytes_each - requests < 1, "bytes")
        fair = one.mean * max(1, 16 / os.cpu_count())
        self.table.at_most(f"{self.label}enter + exit on 16 threads, {os.cpu_count()} CPUs: against fair shares", "<= 1.25",
                           known(many.mean / fair, many.half / fair, many.n), 1.25, "of it")

    # ---- rows

    def _start_rows(self, name, samples, agent):
        part = f"{self.label}{name}"
        cold = over(agent["wall_ms"], samples, "cold cache", "added_ms")
        warm = Figure(column(samples, "warm cache", "added_ms"))
        for key, text in (("ready_ms", "ready"), ("first_token_ms", "first token")):
            base = Figure(column(samples, "none", key)).mean
            limit = max(0.01 * base, 100)
            added = pairs(samples, "cold cache", "none", key)
            self.table.witnessed(f"{part}: time to {text}, first start", f"+1 % or 100 ms = {limit:.0f} ms", cold, added,
                                 limit)
            if "OpenTelemetry" in samples:
                other = pairs(samples, "OpenTelemetry", "none", key)
                self.table.witnessed(f"{part}: {text}, share of what OpenTelemetry adds", "<= 1/20",
                                     ratio(cold, other), ratio(added, other), 0.05, "of it")
            self.table.witnessed(f"{part}: time to {text}, warm cache over empty agent",
                                 f"pairs hold 0, ledger <= 1 % = {0.01 * base:.0f} ms", warm,
                                 pairs(samples, "warm cache", "empty", key), 0.01 * base, zero=True)
        limit = 0.02 * Figure(column(samples, "none", "cpu_ms")).mean
        for cache in ("cold cache", "warm cache"):
            self.table.witnessed(f"{part}: CPU until first token, {cache}", f"+2 % = {limit:.0f} ms",
                                 over(agent["cpu_ms"], samples, cache, "own_cpu_ms"),
                                 pairs(samples, cache, "none", "cpu_ms"), limit)
        for other in ["empty"] + OTHERS:
            if other in samples:
                for key, text in (("first_token_ms", "first token"), ("cpu_ms", "CPU")):
                    self.table.compare(f"{part}: {text}, {other}", pairs(samples, other, "none", key))
        measured = pairs(samples, "cold cache", "empty", "first_token_ms")
        off = Figure(a["added_ms"] - (a["first_token_ms"] - b["first_token_ms"])
                     for a, b in zip(samples["cold cache"], samples["empty"]))
        bound = max(20, 0.2 * abs(measured.mean))
        self.table.within(f"{part}: own cost in the report less the measured difference",
                          f"within 20 % or 20 ms = {bound:.0f} ms", off, bound)
        self._shutdown(part, samples)

    def _shutdown(self, part, samples):
        self.table.at_most(f"{part}: shutdown", "+50 ms", pairs(samples, "cold cache", "none", "stop_ms"), 50)

    # ---- starts

    def _services(self, part, names, jar, rounds=None, **how):
        samples = interleave(f"{self.label}{part}", names, lambda name: self._service(name, jar, **how),
                             rounds or self.bench.n)
        self.samples[f"{self.label}{part}"] = samples
        return samples

    def _service(self, name, jar, cpus=None, warm=0, look=None):
        self.bench.variants.forget()
        service = self._begin(name, jar, cpus)
        try:
            ask(service.port)
            sample = {"ready_ms": service.ready_ms, "first_token_ms": service.elapsed_ms()}
            used = cpu(service.process.pid)
            sample["cpu_ms"] = sum(used.values())
            for _ in range(warm):
                ask(service.port)
            if look:
                sample.update(look(service.process.pid))
            time.sleep(0.3)
            sample["stop_ms"] = service.stop()
        finally:
            service.close()
        ledger = self.bench.variants.ledger()
        if ledger:
            sample.update(ledger)
            sample["added_ms"] = ledger["premain"] + ledger["weaving"] + ledger["compiling"]
            sample["own_cpu_ms"] = sample["added_ms"] + ledger["recording"] + used.get("coldstart", 0)
        return sample

    def _begin(self, name, jar, cpus=None):
        return Service(self.java, self.bench.variants.known[name], jar, self.bench.backends.env,
                       f"{self.bench.work}/stderr-{name.split()[0]}.txt", cpus)

    def _every_agent(self):
        """What the JVM takes for an agent that does nothing, ms, which no ledger of an agent has."""
        samples = self._exits("an empty agent", ["none", "empty"], ["-cp", self.bench.programs.trivial(), "Trivial"], 20)
        return {key: pairs(samples, "empty", "none", key).mean for key in ("wall_ms", "cpu_ms")}

    def _exits(self, part, names, command, rounds):
        samples = interleave(f"{self.label}{part}", names, lambda name: self._exit(name, command), rounds)
        self.samples[f"{self.label}{part}"] = samples
        return samples

    def _exit(self, name, command):
        self.bench.variants.forget()
        before, begin = os.times(), time.monotonic()
        subprocess.run([self.java, *self.bench.variants.known[name], *command], check=True, capture_output=True)
        wall, after = (time.monotonic() - begin) * 1e3, os.times()
        used = after.children_user + after.children_system - before.children_user - before.children_system
        return {"wall_ms": wall, "cpu_ms": used * 1e3}

    def _load(self, jar, turn, lost):
        self.bench.variants.forget()
        services = {}
        try:
            for name in ("none", "warm cache"):
                services[name] = self._begin(name, jar)
                batch(services[name].port, self.bench.warm_up)
            times = {name: [] for name in services}
            for i in range(self.bench.batches):
                took = {}
                # First the one, then the other: what drifts meets both alike.
                for name in sorted(services, reverse=i % 2 == 0):
                    begin = time.monotonic()
                    times[name] += batch(services[name].port, self.bench.batch)
                    took[name] = time.monotonic() - begin
                lost.append(1 - took["none"] / took["warm cache"])
            print(f"  {self.label}load: start {turn + 1} of {self.bench.few}", flush=True)
            for service in services.values():
                service.stop()
            return times
        finally:
            for service in services.values():
                service.close()

    def _classes(self, jar):
        service = self._begin("none", jar)
        try:
            ask(service.port)
            counters = subprocess.run([self.jcmd, str(service.process.pid), "PerfCounter.print"], capture_output=True,
                                      text=True).stdout
            return sum(int(n) for n in re.findall(r"^java\.cls\.(?:sharedL|l)oadedClasses=(\d+)", counters, re.M))
        finally:
            service.close()

    def _memory(self, pid):
        # The second one is what remains after references that the first one cleared.
        for _ in range(2):
            histogram = subprocess.run([self.jcmd, str(pid), "GC.class_histogram"], capture_output=True, text=True)
        heap = subprocess.run([self.jcmd, str(pid), "GC.heap_info"], capture_output=True, text=True)
        total = re.search(r"^Total\s+\d+\s+(\d+)", histogram.stdout, re.M)
        meta = re.search(r"Metaspace\s+used (\d+)K", heap.stdout)
        return {"heap_mb": int(total.group(1)) / 2**20, "metaspace_mb": int(meta.group(1)) / 2**10}


def batch(port, count):
    """Milliseconds that each of some requests took, of a few clients at once."""
    times, left = [], threading.Semaphore(count)

    def client():
        while left.acquire(blocking=False):
            times.append(ask(port)[1])

    clients = [threading.Thread(target=client) for _ in range(CLIENTS)]
    for thread in clients:
        thread.start()
    for thread in clients:
        thread.join()
    return times


def percentile(times, share):
    return sorted(times)[int(share * len(times))]


def over(base, samples, name, key):
    return Figure(base + value for value in column(samples, name, key))


def ratio(part, whole):
    mean = part.mean / whole.mean
    half = math.hypot(part.half / whole.mean, mean * whole.half / whole.mean)
    return known(mean, half, min(part.n, whole.n))
