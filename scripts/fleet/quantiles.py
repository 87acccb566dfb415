"""Quantiles and sums of cold starts, read back from servers, against the reports' values."""

import glob
import json
import math
import time

from servers import prometheus, victoria_metrics

REQUEST, PHASE, TTFT = "coldstart.request.duration", "coldstart.phase.duration", "coldstart.time_to_first_token"
BOUNDS = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, math.inf]
# Metrics are written when a request ends, reports later: what a prompt-cache miss cost is told from ttft only then.
LATER = {"prompt_cache": "llm_ttft"}


def check_quantiles(check, processes, demo, receiver):
    """Quantiles and sums of cold starts, from servers, against the reports'. Returns the first fleet's cold requests."""
    args = check.args
    vm = victoria_metrics(processes, args.victoria_metrics, args.work)
    classic = prometheus(processes, args.prometheus, args.work, "Prometheus 2.42")
    native = prometheus(processes, args.newer_prometheus, args.work, "Prometheus 2.53", native=True)
    print("-- explicit buckets")
    colds = fleet(check, processes, demo, classic, SUM, {
        "OTEL_METRICS_EXPORTER": "prometheus,otlp",
        "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": vm.otlp,
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": f"http://{receiver.address}/v1/traces",
    })
    table(check, colds, {"Prometheus": (classic, CLASSIC), "VictoriaM.": (vm, DOTTED)}, bucket)
    now = time.time()
    found = classic.exemplars('coldstart_request_duration_seconds_bucket{coldstart_kind="cold"}', now - 600, now)
    check.expect({e.get("trace_id") for e in found} == {c["trace_id"] for c in colds},
                 f"the {len(found)} exemplars of cold requests in Prometheus are the trace ids of the reports")
    print("-- exponential histograms")
    exponential = fleet(check, processes, demo, native, NATIVE_SUM, {
        "OTEL_METRICS_EXPORTER": "prometheus", "OTEL_TRACES_EXPORTER": "none",
        "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION": "base2_exponential_bucket_histogram",
    })
    table(check, exponential, {"Prometheus": (native, NATIVE)}, near)
    return colds


def fleet(check, processes, demo, server, sum_form, env):
    """Cold starts of a service, each scraped before it is stopped. Returns their cold requests, from their reports."""
    colds = []
    for i in range(check.args.starts):
        service = demo.start_service("langchain4j", f"1.0.{i}", env)
        server.scrape(service.scrape)
        demo.wait_for_visitors(demo.visit(service, "--warm", "5"))
        before = sum(c["wall_ns"] for c in colds) / 1e9
        processes.wait(service, "it was scraped", lambda: (
            number(server, expression(sum_form, REQUEST)) or 0) > before + 1e-9, 30)
        processes.stop(service)
        colds += [r for r in report_of(service)["requests"] if r["kind"] == "cold"]
    check.expect(len(colds) == check.args.starts, f"{len(colds)} processes reported one cold request each")
    return colds


# Of a metric's names in both spellings and a further matcher in both; all live series, since all are new.
CLASSIC = 'histogram_quantile({q}, sum by (le) (last_over_time({name}_seconds_bucket{{coldstart_kind="cold"{where}}}[10m])))'
NATIVE = 'histogram_quantile({q}, sum(last_over_time({name}_seconds{{coldstart_kind="cold"{where}}}[10m])))'
DOTTED = 'histogram_quantile({q}, sum by (le) (increase_pure({{"{dotted}_bucket", "coldstart.kind"="cold"{dotted_where}}}[10m])))'
SUM = 'sum(last_over_time({name}_seconds_sum{{coldstart_kind="cold"}}[10m]))'
NATIVE_SUM = 'histogram_sum(sum(last_over_time({name}_seconds{{coldstart_kind="cold"}}[10m])))'
DOTTED_SUM = 'sum(last_over_time({{"{dotted}_sum", "coldstart.kind"="cold"}}[10m]))'

SUMS = {CLASSIC: SUM, NATIVE: NATIVE_SUM, DOTTED: DOTTED_SUM}


def expression(form, metric, phase="", q=None):
    where = f', coldstart_phase="{phase}"' if phase else ""
    dotted = f', "coldstart.phase"="{phase}"' if phase else ""
    return form.format(q=q, name=metric.replace(".", "_"), where=where, dotted=metric, dotted_where=dotted)


def table(check, colds, servers, allowed):
    for server, form in servers.values():
        wait_until_there(server, SUMS[form], colds)
    rows = [(name, PHASE, name, values) for name, values in by_phase(colds).items()]
    rows.append(("(request)", REQUEST, "", [c["wall_ns"] / 1e9 for c in colds]))
    rows.append(("(first token)", TTFT, "", [c["ttft_ns"] / 1e9 for c in colds]))
    print(f"{'phase':22} {'q':4} {'reports, s':>10} {'allowed':>15} " + " ".join(f"{title:>10}" for title in servers))
    for name, metric, phase, values in sorted(rows, key=lambda row: -sum(row[3])):
        for q in (0.5, 0.95):
            rank, ordered = q * len(values), sorted(values)
            true = ordered[math.ceil(rank) - 1]
            # Where the rank falls between two values, either will do.
            low, high = allowed(true)[0], allowed(ordered[math.floor(rank)])[1]
            answers = [number(server, expression(form, metric, phase, q)) for server, form in servers.values()]
            right = all(a is not None and low - 1e-9 <= a <= high + 1e-9 for a in answers)
            shown = " ".join(f"{'none' if a is None else format(a, '.4f'):>10}" for a in answers)
            limits = f"{low:.4g}..{high:.4g}"
            print(f"{name:22} {q:<4} {true:10.4f} {limits:>15} {shown}{'' if right else '  FAILED'}")
            check.passed += right
            check.failed += not right
    sums(check, {title: (server, SUMS[form]) for title, (server, form) in servers.items()}, colds)


def bucket(true):
    """The bucket that holds the true quantile is all that a classic histogram can tell."""
    at = next(i for i, bound in enumerate(BOUNDS) if true <= bound)
    return BOUNDS[at - 1], BOUNDS[at]


def near(true):
    """One bucket of schema 8, the finest that Prometheus has: each series here holds one value."""
    factor = 2 ** (1 / 256)
    return true / factor, true * factor


def wait_until_there(server, form, colds):
    """All cold requests have been exported and scraped. Not being there fails the sums later."""
    wall = sum(c["wall_ns"] for c in colds) / 1e9
    for _ in range(30):
        if abs((number(server, expression(form, REQUEST)) or 0) - wall) < 1e-6:
            return
        time.sleep(1)


def by_phase(colds):
    """Phase -> exclusive seconds, of those requests that had it."""
    phases = {}
    for cold in colds:
        own = {"unattributed": cold["unattributed_ns"]}
        for p in cold["phases"]:
            name = LATER.get(p["phase"], p["phase"])
            own[name] = own.get(name, 0) + p["exclusive_ns"]
        for name, ns in own.items():
            phases.setdefault(name, []).append(ns / 1e9)
    return phases


def sums(check, servers, colds):
    """Sums have no histogram error: they agree to the precision of a double."""
    wall = sum(c["wall_ns"] for c in colds) / 1e9
    for title, (server, form) in servers.items():
        for metric in (PHASE, REQUEST):
            found = number(server, expression(form, metric))
            check.expect(found is not None and abs(found - wall) < 1e-6,
                         f"{title}: {metric} of cold requests sums to {found} s; reports: {wall:.9f} s")


def number(server, expr):
    found, _ = server.query(expr, time.time())
    return float(found[0]["value"][1]) if found else None


def report_of(service):
    with open(glob.glob(f"{service.reports}/*.json")[0], encoding="utf-8") as file:
        return json.load(file)
