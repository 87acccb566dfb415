"""Cold start overview: what users of a fleet wait for while it is not warm yet."""

from metrics import (
    COST, DROPPED, PHASE, PROMPT_CACHE, READY, READY_TO_WARM, REQUEST, REQUESTS, STARTUP_PHASE, TTFT,
)
from panels import Dashboard, Query, Row, deploys, series, stat, table, variables

COLD_OR_WARM = '=~"cold|warm"'
NOT_WARM = {"kind": '!="warm"'}


def dashboard(f):
    return Dashboard(
        "coldstart-overview",
        "Cold start overview",
        "Cold beside warm requests of LLM-agent services, and where the time of the cold ones went.",
        variables(f),
        [now(f), durations(f), phases(f), payers(f), startup(f), prompt_cache(f), versions(f), agent(f)],
        [deploys(f)],
    )


def now(f):
    cold, warm = f.quantile(0.5, REQUEST, kind="cold"), f.quantile(0.5, REQUEST, kind="warm")
    return Row("Now", [
        stat("Cold requests, p95", f.quantile(0.95, REQUEST, kind="cold")),
        stat("Warm requests, p95", f.quantile(0.95, REQUEST, kind="warm")),
        stat("Cold to warm, p50", f"{cold} / {warm}", unit="none",
             about="How many times longer the median cold request takes than the median warm one"),
        stat("Requests that were not warm", share(f), unit="percentunit"),
        stat("Ready to warm, p50", f.quantile(0.5, READY_TO_WARM),
             about="From the process calling itself ready to its first warm request"),
        stat("Prompt cache hits", hits(f), unit="percentunit"),
    ])


def durations(f):
    def by_kind(metric, kinds):
        return [
            Query(f.quantile(q, metric, ["kind"], kind=kinds), f"{{{{{f.label('kind')}}}}} p{round(100 * q)}")
            for q in (0.5, 0.95, 0.99)
        ]
    return Row("Cold and warm", [
        series("Requests, cold and warm", *by_kind(REQUEST, COLD_OR_WARM), log=True, width=10,
               about="From the first byte of a request to the first token its user could see"),
        series("Time to first token, cold and warm", *by_kind(TTFT, COLD_OR_WARM), log=True, width=8,
               about="From the start of a request to the first content token of any model call"),
        series("Cold to warm",
               *[Query(f"{f.quantile(q, REQUEST, kind='cold')} / {f.quantile(q, REQUEST, kind='warm')}",
                       f"p{round(100 * q)}") for q in (0.5, 0.95)],
               unit="none", width=6, about="Quantile of cold requests over the same one of warm requests"),
    ])


def phases(f):
    return Row("Where the time goes", [stack(f, "cold"), stack(f, "warm")])


def stack(f, kind):
    per_request = f"{f.total(PHASE, ['phase'], kind=kind)} / on () group_left () {f.count(REQUEST, kind=kind)}"
    return series(
        f"Phases of a {kind} request",
        Query(per_request, f"{{{{{f.label('phase')}}}}}"),
        Query(f.mean(TTFT, kind=kind), "time to first token"),
        stack="normal", line="time to first token", height=10,
        about=f"Mean over {kind} requests: exclusive times of the phases add up to the request. The line is "
        "the mean time to the first token; means add up, quantiles would not",
    )


def payers(f):
    kind = f"{{{{{f.label('kind')}}}}}"
    return Row("Who pays", [
        series("Requests by kind of start", Query(shares(f), kind), unit="percentunit", stack="percent", width=8,
               about="cold: did first-time work. waited: waited for one that did. recold: a warm process did "
               "it again, normally after an idle gap"),
        series("Cold, waited and re-cold requests", Query(f.events(REQUESTS, ["kind"], **NOT_WARM), kind),
               unit="short", width=8),
        series("Failed requests by kind of start", Query(share(f, ['kind'], {'error': '!=""'}), kind), unit="percentunit", width=8),
    ])


def startup(f):
    per_start = f"{f.total(STARTUP_PHASE, ['phase'])} / on () group_left () {f.count(READY)}"
    service = f"{{{{{f.label('service')}}}}}"
    return Row("Start-up", [
        series("Phases before ready", Query(per_start, f"{{{{{f.label('phase')}}}}}"),
               Query(f.mean(READY), "ready"), stack="normal", line="ready",
               about="Mean over starts. The line is the time from the start of the process until it was ready"),
        series("From ready to warm", Query(f.quantile(0.5, READY_TO_WARM, ["service"]), service + " p50"),
               Query(f.quantile(0.95, READY_TO_WARM, ["service"]), service + " p95"),
               about="How long a process took traffic before it answered at its warm speed"),
    ])


def prompt_cache(f):
    model = f"{{{{{f.label('model')}}}}}"
    return Row("Prompt cache", [
        series("Hits by model", Query(hits(f, ["model"]), model),
               unit="percentunit", about="Of the calls whose answer told; the others are unknown, not misses"),
        series("Calls by state", Query(f.events(PROMPT_CACHE, ["cache"]), f"{{{{{f.label('cache')}}}}}"),
               unit="short", stack="normal"),
    ])


def versions(f):
    by = ["service", "version"]
    return Row("By service and version", [
        table("Services and versions", {f.label("service"): "Service", f.label("version"): "Version"}, {
            "Starts": (f.count(READY, by), "short"),
            "Ready, mean": (f.mean(READY, by), "s"),
            "Cold p50": (f.quantile(0.5, REQUEST, by, kind="cold"), "s"),
            "Cold p95": (f.quantile(0.95, REQUEST, by, kind="cold"), "s"),
            "Warm p95": (f.quantile(0.95, REQUEST, by, kind="warm"), "s"),
            "First token, cold p95": (f.quantile(0.95, TTFT, by, kind="cold"), "s"),
            "Not warm": (share(f, by), "percentunit"),
        }, width=24),
    ])


def agent(f):
    return Row("The agent itself", [
        series("Dropped by the agent", Query(f.events(DROPPED, ["dropped"]), f"{{{{{f.label('dropped')}}}}}"),
               unit="short"),
        series("Cost of the agent", Query(f.last(COST, ["cost"]), f"{{{{{f.label('cost')}}}}}"),
               about="Mean over processes"),
    ])


def shares(f):
    return f"{f.events(REQUESTS, ['kind'])} / on () group_left () {f.events(REQUESTS)}"


def share(f, by=(), of=None, **where):
    """Of all requests; 0, not "no data", when there was none of them."""
    everything = f.events(REQUESTS, by, **where)
    return f"({f.events(REQUESTS, by, **where, **(of or NOT_WARM))} or {everything} * 0) / {everything}"


def hits(f, by=(), **where):
    known = f.events(PROMPT_CACHE, by, cache='!="unknown"', **where)
    return f"({f.events(PROMPT_CACHE, by, cache='hit', **where)} or {known} * 0) / {known}"
