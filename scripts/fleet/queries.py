"""The queries of the committed dashboard files, with variables put in as Grafana would."""

import glob
import json
import os
import re
from collections import namedtuple

Query = namedtuple("Query", "file form flavour panel ref expr instant")
# Name and text of a variable's own query, its regex.
Choice = namedtuple("Choice", "file flavour name query regex")

# "All" is .* in these; a window long enough for all that a check does.
ALL = {"cluster": ".*", "service": ".*", "version": ".*", "window": "30m", "__range": "30m", "__rate_interval": "1m"}


def load(root):
    """(PromQL queries, variable queries, trace queries) of all dashboards."""
    promql, choices, traces = [], [], []
    for path in sorted(glob.glob(f"{root}/dashboards/grafana/*/*.json")):
        form = os.path.basename(os.path.dirname(path))
        name = os.path.basename(path)[:-len(".json")]
        flavour = "victoriametrics" if name.endswith("-victoriametrics") else ""
        name = name.removesuffix("-victoriametrics")
        with open(path, encoding="utf-8") as file:
            dashboard = json.load(file)
        for panel, plugin, ref, spec in (classic if form == "classic" else v2)(dashboard):
            if plugin != "prometheus":
                traces.append((name, panel, plugin, spec))
            elif panel == "variable":
                choices.append(Choice(name, flavour, ref, spec["query"], spec["regex"]))
            else:
                promql.append(Query(name, form, flavour, panel, ref, spec["expr"], spec.get("instant", False)))
    return promql, choices, traces


def classic(dashboard):
    for panel in dashboard["panels"]:
        for p in [panel, *panel.get("panels", [])]:
            for target in p.get("targets", []):
                yield p["title"], target["datasource"]["type"], target["refId"], target
    for a in dashboard["annotations"]["list"]:
        yield "annotation", a["datasource"]["type"], a["name"], a["target"]
    for v in dashboard["templating"]["list"]:
        if v["type"] == "query":
            yield "variable", v["datasource"]["type"], v["name"], {"query": v["query"]["query"], "regex": v["regex"]}


def v2(dashboard):
    spec = dashboard["spec"]
    for element in spec["elements"].values():
        for query in element["spec"]["data"]["spec"]["queries"]:
            data = query["spec"]["query"]
            yield element["spec"]["title"], data["group"], query["spec"]["refId"], data["spec"]
    for a in spec["annotations"]:
        yield "annotation", a["spec"]["query"]["group"], a["spec"]["name"], a["spec"]["query"]["spec"]
    for v in spec["variables"]:
        if v["kind"] == "QueryVariable":
            query = v["spec"]["query"]
            yield "variable", query["group"], v["spec"]["name"], {
                "query": query["spec"]["query"], "regex": v["spec"]["regex"]}


def filled(text, values):
    """Variables as $name or ${name}; an unknown one is left, so that the server refuses it."""
    return re.sub(r"\$(\w+)|\$\{(\w+)(?::\w+)?\}", lambda m: values.get(m[1] or m[2], m[0]), text)


def finite(series):
    """Whether a result holds a number."""
    for one in series:
        for _, value in one.get("values") or [one.get("value")]:
            if value not in ("NaN", "+Inf", "-Inf"):
                return True
    return False
