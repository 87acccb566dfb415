"""First request: one cold trace beside a warm one."""

from metrics import PHASE, REQUEST, TTFT
from panels import Dashboard, Panel, Query, Row, Variable, series, table, variables

COLD, WARM = "cold", "warm"


def dashboard(f):
    return Dashboard(
        "coldstart-first-request",
        "First request",
        "One cold request beside a warm one: pick a trace of each from the lists, or from an exemplar.",
        variables(
            f,
            Variable("tempo", "datasource", "Tempo", "tempo"),
            Variable("jaeger", "datasource", "Jaeger", "jaeger"),
            Variable("cold_trace", "text", "Cold trace", about="A trace id; a click in a list sets it"),
            Variable("warm_trace", "text", "Warm trace", about="A trace id; a click in a list sets it"),
        ),
        [requests(f), tempo(f), jaeger(f)],
    )


def requests(f):
    def columns(kind):
        mean = f"{f.total(PHASE, ['phase'], kind=kind)} / on () group_left () {f.count(REQUEST, kind=kind)}"
        return mean
    cold, warm = columns(COLD), columns(WARM)
    kind = f"{{{{{f.label('kind')}}}}}"
    return Row("Which requests", [
        series("Requests, with exemplars",
               Query(f.quantile(0.95, REQUEST, ["kind"], kind=f'=~"{COLD}|{WARM}"'), kind, exemplar=True),
               log=True, width=8, about="p95; each dot is a request with a trace"),
        series("Time to first token, with exemplars",
               Query(f.quantile(0.95, TTFT, ["kind"], kind=f'=~"{COLD}|{WARM}"'), kind, exemplar=True),
               log=True, width=8, about="p95; each dot is a request with a trace"),
        table("Phases, cold beside warm", {f.label("phase"): "Phase"}, {
            "Cold, mean": (cold, "s"),
            "Warm, mean": (warm, "s"),
        }, width=8, about="Mean per request over the window: the phases add up to the request"),
    ])


def tempo(f):
    def trace_list(kind):
        query = f'{{ resource.service.name =~ "$service" && span.coldstart.kind = "{kind}" }}'
        link = (f"Show as the {kind} trace", f"/d/${{__dashboard.uid}}?${{__url_time_range}}&${{__all_variables}}"
                f"&var-{kind}_trace=${{__value.raw}}")
        fields = {"query": query, "queryType": "traceql", "tableType": "traces", "limit": 20}
        return Panel(f"{kind.capitalize()} requests", "table", [Query(datasource="tempo", fields=fields)],
                     links=(link,), unit="", about=f"TraceQL: `{query}`. Click a trace id to show it below")
    return Row("Tempo", [trace_list(COLD), trace_list(WARM),
                         *(trace("tempo", kind, {"query": f"${kind}_trace", "queryType": "traceql"})
                           for kind in (COLD, WARM))])


def jaeger(f):
    def trace_list(kind):
        fields = {"queryType": "search", "service": "$service", "tags": f"coldstart.kind={kind}", "limit": 20}
        return Panel(f"{kind.capitalize()} requests in Jaeger", "table",
                     [Query(datasource="jaeger", fields=fields)], unit="",
                     about="Jaeger searches one service: choose one above")
    return Row("Jaeger", [trace_list(COLD), trace_list(WARM),
                          *(trace("jaeger", kind, {"query": f"${kind}_trace"}) for kind in (COLD, WARM))],
               collapsed=True)


def trace(datasource, kind, fields):
    where = "" if datasource == "tempo" else " in Jaeger"
    return Panel(f"The {kind} trace{where}", "traces", [Query(datasource=datasource, fields=fields)],
                 unit="", height=16)
