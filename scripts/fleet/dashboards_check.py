#!/usr/bin/env python3
"""Asks real servers every query of the dashboards and rules. Started by dashboards-check.sh, which fetches them."""

import argparse
import json
import re
import sys
import time

import queries
from demo import FRAMEWORKS, PAUSE_S, Demo
from processes import Failure, Processes, get_json
from servers import prometheus, victoria_metrics

VERSIONS = ["1.0.0", "1.1.0", "1.2.0"]
SLOW = "1.1.0"  # starts slower: one of its tool servers takes 6 s longer, two thirds of what slow_tools() adds
DAY_OLD = ("coldstart:request_cold:baseline",)  # empty in data of some minutes; the rules' tests cover it


class Check:
    def __init__(self, args):
        self.args = args
        self.rows, self.failures = [], []

    def row(self, what, where, asked, answered, note=""):
        self.rows.append((what, where, asked, answered, note))

    def fail(self, what, where, detail):
        self.failures.append(f"{where}: {what}: {detail}")

    def fill(self, processes):
        """Servers that hold the metrics of two services in three versions. Two fleets, since a process exports
        either explicit buckets or exponential ones."""
        args = self.args
        self.began = time.time()
        rules = f"{args.root}/dashboards/prometheus/coldstart-rules.yml"
        demo = Demo(args.root, processes, args.work)
        for framework in FRAMEWORKS:
            demo.start_backends(framework, args.scale)
        vm = victoria_metrics(processes, args.victoria_metrics, args.work)
        classic = prometheus(processes, args.prometheus, args.work, "Prometheus classic", rules)
        native = prometheus(processes, args.newer_prometheus, args.work, "Prometheus native", rules, native=True)
        for version in VERSIONS:
            self.deploy(demo, version, classic, {
                "OTEL_METRICS_EXPORTER": "prometheus,otlp",
                "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": vm.otlp,
                "OTEL_METRIC_EXPORT_INTERVAL": "1000",
            })
        for version in VERSIONS:
            self.deploy(demo, version, native, {
                "OTEL_METRICS_EXPORTER": "prometheus",
                "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION": "base2_exponential_bucket_histogram",
            })
        everywhere = "count(count by (service_name, service_version) (coldstart_requests_total))"
        for server in (classic, native):
            processes.wait(None, f"{server.title} had all versions", lambda s=server: number(s, everywhere) == 6, 60)
        time.sleep(10)  # a scrape and an export of the last counts, an evaluation of the rules
        return [classic, native, vm]

    def deploy(self, demo, version, server, env):
        for framework in FRAMEWORKS:
            demo.slow_tools(framework, 10_000 if version == SLOW else 1000)
        services = [demo.start_service(f, version, {"OTEL_TRACES_EXPORTER": "none"} | env) for f in FRAMEWORKS]
        server.scrape(*[s.scrape for s in services])
        last = version == VERSIONS[-1]
        options = ["--warm", "22", "--concurrent", "3"] + (["--pause-s", PAUSE_S] if last else [])
        demo.wait_for_visitors(*[demo.visit(s, *options) for s in services])
        print(f"  {server.title}: {version} of {' and '.join(FRAMEWORKS.values())} answered", flush=True)

    def ask(self, servers):
        promql, choices, traces = queries.load(self.args.root)
        start, end = self.began, time.time()
        self.results = []
        for server in servers:
            for name in sorted({q.file for q in promql}):
                mine = [q for q in promql if q.file == name and q.flavour == server.flavour]
                forms = [{(q.panel, q.ref, q.expr, q.instant) for q in mine if q.form == f} for f in ("classic", "v2")]
                if forms[0] != forms[1]:
                    self.fail(name, "dashboards", "the classic and the V2 form ask different things")
                answered = 0
                asked = [q for q in mine if q.form == "classic"]
                for query in asked:
                    answered += self.panel(server, query, start, end)
                self.row(f"panels of {name}", server.title, len(asked), answered)
            mine = {c for c in choices if c.flavour == server.flavour}
            answered = sum(self.choice(server, c) for c in sorted(mine))
            self.row("variables", server.title, len(mine), answered)
        self.row("trace panels", "no Tempo or Jaeger here", len(traces), 0, "not asked; TraceQL is parsed")

    def panel(self, server, query, start, end):
        several = query.file != "compare-versions"
        values = queries.ALL | {} if several else queries.ALL | {
            "service": "shop-agent", "before": VERSIONS[0], "after": VERSIONS[1]}
        expr = queries.filled(query.expr, values)
        if query.instant:
            found, error = server.query(expr, end)
        else:
            found, error = server.query_range(expr, start, end, 5)
        ok = error is None and queries.finite(found)
        if not ok:
            self.fail(f"{query.file}, {query.panel} {query.ref}", server.title, f"{error or 'no data'}: {expr}")
        self.results.append({"server": server.title, **query._asdict(), "asked": expr, "error": error, "result": found})
        return ok

    def finding(self, servers):
        """The comparison names the phase that the deploy made slower, by half of what it was or more."""
        for server in servers:
            change = next(r["result"] for r in self.results if r["server"] == server.title and r["ref"] == "C"
                          and (r["file"], r["panel"]) == ("compare-versions", "Phases of a cold request"))
            by_phase = {s["metric"].get("coldstart_phase") or s["metric"]["coldstart.phase"]: float(s["value"][1]) for s in change}
            worst = max(by_phase, key=by_phase.get)
            right = worst == "tool_registry" and by_phase[worst] > 3
            if not right:
                self.fail("the slower phase of 1.1.0", server.title, f"{worst}, {by_phase[worst]:.2f} s")
            self.row("the slower phase of 1.1.0 found", server.title, 1, int(right), f"{worst}, +{by_phase[worst]:.1f} s")

    def choice(self, server, choice):
        text = queries.filled(choice.query, queries.ALL)
        if m := re.fullmatch(r"label_values\((.+), (\w+)\)", text):
            answer = get_json(f"{server.url}/api/v1/label/{m[2]}/values", {"match[]": m[1]})
            found = answer and answer.get("data")
        else:
            series, _ = server.query(re.fullmatch(r"query_result\((.*)\)", text)[1], time.time())
            shown = ["{%s}" % ",".join(f'{k}="{v}"' for k, v in s["metric"].items()) for s in series]
            found = [m[1] for s in shown if (m := re.search(choice.regex.strip("/"), s))]
        if not found:
            self.fail(f"{choice.file}, variable {choice.name}", server.title, f"no values: {text}")
        return bool(found)

    def rules(self, servers):
        """Every rule is healthy; each expression that can be is not empty. Sums of windows end at full 5 minutes."""
        full = (time.time() // 300 + 1) * 300
        for server in servers:
            groups = get_json(server.url + "/api/v1/rules")["data"]["groups"]
            rules = [r for g in groups for r in g["rules"]]
            healthy = with_data = 0
            for rule in rules:
                healthy += rule["health"] == "ok"
                if rule["health"] != "ok":
                    self.fail(f"rule {rule['name']}", server.title, rule.get("lastError") or rule["health"])
                if rule["type"] == "recording":
                    found, error = server.query(rule["query"], full)
                    if queries.finite(found):
                        with_data += 1
                    elif rule["name"] not in DAY_OLD:
                        self.fail(f"rule {rule['name']}", server.title, error or "no data")
            recording = sum(r["type"] == "recording" for r in rules)
            self.row("rules evaluated", server.title, len(rules), healthy)
            self.row("recording rules with data", server.title, recording - len(DAY_OLD), with_data,
                     f"{', '.join(DAY_OLD)} needs a day")

    def report(self):
        width = [max(len(str(r[i])) for r in self.rows) for i in range(2)]
        print(f"\n{'':{width[0]}}  {'':{width[1]}}  asked  answered")
        for what, where, asked, answered, note in self.rows:
            print(f"{what:{width[0]}}  {where:{width[1]}}  {asked:5}  {answered:8}  {note}".rstrip())
        for failure in self.failures:
            print(f"FAILED {failure[:600]}")
        print(f"{sum(r[3] for r in self.rows)} passed, {len(self.failures)} failed")


def number(server, expr):
    found, _ = server.query(expr, time.time())
    return float(found[0]["value"][1]) if found else None


def main():
    parser = argparse.ArgumentParser()
    for name in ("--root", "--work", "--prometheus", "--newer-prometheus", "--victoria-metrics", "--scale", "--results"):
        parser.add_argument(name, required=True)
    args = parser.parse_args()
    check = Check(args)
    with Processes(f"{args.work}/logs") as processes:
        servers = check.fill(processes)
        check.ask(servers)
        check.finding(servers)
        check.rules(servers[:2])
    with open(args.results, "w", encoding="utf-8") as out:
        json.dump(check.results, out)
    check.report()
    return 1 if check.failures else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as e:
        sys.exit(f"dashboards-check: {e}")
