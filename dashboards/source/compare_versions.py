"""Compare versions: did the deploy make the first request slower, and which phase of it?"""

from metrics import PHASE, READY, REQUEST, STARTUP_PHASE, TTFT
from overview import hits, share
from panels import Dashboard, Query, Row, deploys, series, stat, table, values, variables

BEFORE, AFTER = '="$before"', '="$after"'


def dashboard(f):
    return Dashboard(
        "coldstart-compare-versions",
        "Compare versions",
        "Cold starts before and after a deploy of one service. Look at the number of starts first: "
        "with a handful, a difference is chance. `coldstart compare` tests it.",
        variables(f, values(f, "version", "Before", "before"), values(f, "version", "After", "after"), several=False),
        [verdict(f), phases(f), course(f)],
        [deploys(f)],
    )


def verdict(f):
    def pair(title, of, **more):
        return [
            stat(f"{title}, $before", of(BEFORE), width=4, **more),
            stat(f"{title}, $after", of(AFTER), width=4, **more),
            stat(f"{title}, change", f"{of(AFTER)} / {of(BEFORE)} - 1", width=4, unit="percentunit",
                 thresholds=((0.1, "orange"), (0.25, "red"))),
        ]
    return Row("Before and after", [
        *pair("Cold p50", lambda v: f.quantile(0.5, REQUEST, kind="cold", version=v)),
        *pair("First token, cold p50", lambda v: f.quantile(0.5, TTFT, kind="cold", version=v)),
        stat("Starts, $before", f.count(REQUEST, kind="cold", version=BEFORE), unit="short"),
        stat("Starts, $after", f.count(REQUEST, kind="cold", version=AFTER), unit="short"),
        stat("Not warm, $before", share(f, version=BEFORE), unit="percentunit"),
        stat("Not warm, $after", share(f, version=AFTER), unit="percentunit"),
        stat("Prompt cache hits, $before", hits(f, version=BEFORE), unit="percentunit"),
        stat("Prompt cache hits, $after", hits(f, version=AFTER), unit="percentunit"),
    ])


def phases(f):
    phase = {f.label("phase"): "Phase"}

    def mean(version, kind):
        total = f.total(PHASE, ["phase"], kind=kind, version=version)
        return f"{total} / on () group_left () {f.count(REQUEST, kind=kind, version=version)}"

    def before_ready(version):
        total = f.total(STARTUP_PHASE, ["phase"], version=version)
        return f"{total} / on () group_left () {f.count(READY, version=version)}"

    def sides(of):
        return {
            "Before": (of(BEFORE), "s"),
            "After": (of(AFTER), "s"),
            # A phase that only one of them has counts as 0 in the other.
            "Change": (f"({of(AFTER)} or ({of(BEFORE)}) * 0) - ({of(BEFORE)} or ({of(AFTER)}) * 0)", "s"),
        }
    about = "Mean per request, exclusive: the phases add up to the request"
    return Row("Where it changed", [
        table("Phases of a cold request", phase, sides(lambda v: mean(v, "cold")), width=8, height=10, about=about),
        table("Phases of a warm request", phase, sides(lambda v: mean(v, "warm")), width=8, height=10, about=about),
        table("Phases before ready", phase, sides(before_ready), width=8, height=10, about="Mean per start"),
    ])


def course(f):
    version = f"{{{{{f.label('version')}}}}}"
    by = ["version"]
    both = {"version": '=~"$before|$after"'}
    return Row("By version over time", [
        series("Cold requests, p95", Query(f.quantile(0.95, REQUEST, by, kind="cold", **both), version)),
        series("First token of cold requests, p95", Query(f.quantile(0.95, TTFT, by, kind="cold", **both), version)),
        series("Requests that were not warm", Query(share(f, by, **both), version), unit="percentunit"),
        series("Ready, mean", Query(f.mean(READY, by, **both), version),
               about="From the start of the process until it was ready"),
    ])
