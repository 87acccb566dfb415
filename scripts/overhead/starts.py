"""Starts of services and programs, in variants that take turns."""

import glob
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time

QUESTION = b"GET /chat?q=Where+is+my+order+A-1001%3F HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"


def ask(port):
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


def cpu(pid):
    """Milliseconds of CPU of each thread's name so far."""
    used = {}
    for task in glob.glob(f"/proc/{pid}/task/*"):
        try:
            name = open(f"{task}/comm").read().strip()
            used[name] = used.get(name, 0) + int(open(f"{task}/schedstat").read().split()[0]) / 1e6
        except OSError:
            continue  # It has ended; what it used is little.
    return used


class Variants:
    """JVM options by the name of a variant."""

    def __init__(self, root, work, neighbours, empty_agent):
        self.agent = f"{root}/agent/dist/target/coldstart-agent.jar"
        self.reports = f"{work}/reports"
        # Written, and never found again: an image's first start.
        self.cold_cache = f"{work}/cache-cold"
        self.known = {
            "none": [],
            "empty": [f"-javaagent:{empty_agent}"],
            "cold cache": [self._ours(self.cold_cache)],
            "warm cache": [self._ours(f"{work}/cache")],
        }
        for name in ("OpenTelemetry", "Elastic", "Datadog"):
            self.known[name] = [f"-javaagent:{neighbours}/{name.lower()}.jar",
                                f"@{root}/scripts/lib/neighbours/{name.lower()}.options"]

    def _ours(self, cache):
        return f"-javaagent:{self.agent}=summary=off,dir={self.reports},cache={cache}"

    def forget(self):
        shutil.rmtree(self.cold_cache, ignore_errors=True)
        shutil.rmtree(self.reports, ignore_errors=True)

    def ledger(self):
        """The agent's own account in the report of the last start, ms; None without a report."""
        files = glob.glob(f"{self.reports}/*.json")
        if not files:
            return None
        agent = json.load(open(files[0]))["agent"]
        return {part: (agent.get(f"{part}_ns") or 0) / 1e6 for part in ("premain", "weaving", "compiling", "recording")}


class Backends:
    """The stand-ins that the demo services call; one set for all starts, so that they are warm."""

    def __init__(self, java, root, work):
        jar = glob.glob(f"{root}/demo-app/backends/target/coldstart-demo-backends-*.jar")[0]
        file = f"{work}/backends.env"
        self.process = subprocess.Popen(
            [java, "-jar", jar, "--scale", "0.001", "--env-file", file, "--ledger", f"{work}/ledger.jsonl"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        if not self.process.stdout.readline().startswith(b"READY"):
            raise SystemExit("the stand-ins did not start")
        self.env = dict(os.environ, PORT="0")
        for line in open(file):
            name, value = line.strip().removeprefix("export ").split("=", 1)
            self.env[name] = value.strip("'")

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Service:
    """One start of a demo service; ready when made."""

    def __init__(self, java, jvm, jar, env, err, cpus=None):
        self.err = open(err, "w")
        self.begin = time.monotonic()
        command = (["taskset", "-c", cpus] if cpus else []) + [java] + jvm + ["-jar", jar]
        self.process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=self.err)
        self.port = self._port(err)
        self.ready_ms = self.elapsed_ms()

    def elapsed_ms(self):
        return (time.monotonic() - self.begin) * 1e3

    def stop(self):
        """Milliseconds that it takes to end."""
        begin = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        took = (time.monotonic() - begin) * 1e3
        self.close()
        return took

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.err.close()

    def _port(self, err):
        for line in iter(self.process.stdout.readline, b""):
            found = re.search(rb"listening on 127\.0\.0\.1:(\d+)", line)
            if found:
                return int(found.group(1))
        raise SystemExit("service ended early:\n" + open(err).read())


def interleave(part, names, run, rounds):
    """Samples by variant, of rounds in which each has its turn, in an order of chance."""
    samples = {name: [] for name in names}
    for turn in range(rounds + 1):
        for name in random.sample(names, len(names)):
            sample = run(name)
            if turn > 0:  # The first round fills the system's caches, and ours.
                samples[name].append(sample)
            print(f"  {part}: round {turn} of {rounds}, {name}", file=sys.stderr, flush=True)
    return samples
