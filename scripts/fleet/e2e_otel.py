#!/usr/bin/env python3
"""What the agent exports against what it reports. Started by e2e-otel.sh, which fetches the servers."""

import argparse
import sys

from demo import Demo
from processes import Failure, Processes
from quantiles import check_quantiles
from receiver import Receiver
from traces import check_killed, check_tree, picture

FRAMEWORK = "langchain4j"


class Check:
    def __init__(self, args):
        self.args, self.passed, self.failed = args, 0, 0

    def expect(self, right, what):
        self.passed += bool(right)
        self.failed += not right
        print(f"{'ok    ' if right else 'FAILED'} {what}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    for name in ("root", "work", "prometheus", "newer-prometheus", "victoria-metrics", "zipkin", "proto", "scale", "screenshot"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--starts", type=int, required=True)
    parser.add_argument("--chromium")
    args = parser.parse_args()
    check = Check(args)
    with Processes(f"{args.work}/logs") as processes:
        demo = Demo(args.root, processes, args.work)
        demo.start_backends(FRAMEWORK, args.scale)
        print("== Quantiles")
        receiver = Receiver()
        colds = check_quantiles(check, processes, demo, receiver)
        print("\n== Trace tree: OTLP from the agent, decoded by our receiver, sent to Zipkin in Zipkin's format")
        page = check_tree(check, processes, demo, receiver, colds[-1])
        if args.chromium:
            picture(check, args, page)
        print("\n== kill -9")
        check_killed(check, processes, demo)
        receiver.close()
    print(f"\n{check.passed} passed, {check.failed} failed")
    return 1 if check.failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as e:
        sys.exit(f"e2e-otel: {e}")
