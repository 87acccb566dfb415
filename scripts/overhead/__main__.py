"""What the agent costs a start. Started by bench-overhead.sh, which builds and fetches the jars."""

import argparse
import glob
import json
import os
import re
import shutil
import signal
import subprocess
import sys

import page
from parts import Parts
from programs import Programs
from starts import Backends, Variants
from stats import Table

PARTS = ["spring", "langchain4j", "generated", "trivial", "core", "load", "memory", "micro"]

# On a second JDK: what differs there.
OTHER_JDKS = ["spring", "trivial"]


class Bench:
    """What all parts share."""

    def __init__(self, args, jdk):
        self.root = args.root
        self.work = args.work
        self.quick = args.quick
        self.n = args.n or (5 if args.quick else 40)
        self.few = min(self.n, 3 if args.quick else 10)
        self.warm_up = 300
        self.batch = 60
        self.batches = 20 if args.quick else 60
        self.benchmarks = f"{args.root}/agent/bench/target/benchmarks.jar"
        self.programs = Programs(args.work, f"{jdk}/bin")
        self.variants = Variants(args.root, args.work, args.neighbours, self.programs.empty_agent())
        self.backends = Backends(f"{jdk}/bin/java", args.root, args.work)

    def service(self, name):
        return glob.glob(f"{self.root}/demo-app/{name}-service/target/coldstart-demo-{name}-*.jar")[0]


def feature(jdk):
    text = subprocess.run([f"{jdk}/bin/java", "-version"], capture_output=True, text=True, check=True).stderr
    return re.search(r'version "(\d+)', text).group(1)


def main():
    args = arguments()
    # So that what was started is stopped as well.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    bench = Bench(args, args.jdk[0])
    file = f"{args.out}/overhead.json"
    # Parts that are not run keep the rows of their last run in the same directory.
    last = json.load(open(file)) if os.path.exists(file) else {}
    rows, samples, classes = (last.get(key, {}) for key in ("rows", "samples", "classes"))
    try:
        for jdk in args.jdk:
            label = "" if jdk == args.jdk[0] else f"JDK {feature(jdk)}, "
            for part in args.only.split(","):
                if label and part not in OTHER_JDKS:
                    continue
                run = Parts(bench, jdk, label, Table())
                getattr(run, part)()
                rows[label + part] = run.table.rows
                samples.update(run.samples)
                classes.update(run.classes)
    finally:
        bench.backends.stop()
    order = [part for part in PARTS if part in rows] + [part for part in rows if part not in PARTS]
    table = [row for part in order for row in rows[part]]
    facts = page.facts(f"{args.jdk[0]}/bin/java", args.versions, bench.n)
    write(file, json.dumps({"facts": facts, "rows": rows, "samples": samples, "classes": classes}, indent=1))
    write(f"{args.out}/overhead.md", page.page(facts, table, classes))
    write(f"{args.out}/overhead.svg", page.chart(samples) or "")
    if args.page:
        shutil.copy(f"{args.out}/overhead.md", f"{args.root}/agent/docs/overhead.md")
    print(page.table(table))
    missed, unclear = (sum(row["verdict"] == verdict for row in table) for verdict in ("MISSED", "inconclusive"))
    print(f"\n{missed} missed, {unclear} inconclusive; samples in {file}")
    return 1 if missed else 0


def arguments():
    parser = argparse.ArgumentParser()
    for name in ("root", "work", "out", "neighbours", "versions"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--jdk", action="append", required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--page", action="store_true")
    parser.add_argument("-n", type=int)
    parser.add_argument("--only", default=",".join(PARTS))
    args = parser.parse_args()
    if not set(args.only.split(",")) <= set(PARTS) or (args.n is not None and args.n < 3):
        parser.error(f"--only takes {', '.join(PARTS)}; -n takes 3 or more")
    return args


def write(file, text):
    with open(file, "w") as out:
        out.write(text)


if __name__ == "__main__":
    sys.exit(main())
