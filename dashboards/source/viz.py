"""How a panel looks: what both forms of a dashboard have in common."""

from panels import COLOURS

LEGEND = {"displayMode": "list", "placement": "bottom", "showLegend": True, "calcs": []}


def options(panel):
    if panel.type == "timeseries":
        return {"legend": LEGEND, "tooltip": {"mode": "multi", "sort": "desc"}}
    if panel.type == "stat":
        return {
            "colorMode": "value", "graphMode": "none", "justifyMode": "auto", "orientation": "auto",
            "percentChangeColorMode": "inverted", "showPercentChange": False, "textMode": "auto",
            "wideLayout": True, "reduceOptions": {"calcs": ["lastNotNull"], "values": False},
        }
    if panel.type == "table":
        return {"frameIndex": 0, "showHeader": True}
    return {}


def field_config(panel):
    defaults = {"unit": panel.unit} if panel.unit else {}
    if panel.thresholds:
        steps = [{"color": "green", "value": None}, *({"color": c, "value": v} for v, c in panel.thresholds)]
        defaults |= {"color": {"mode": "thresholds"}, "thresholds": {"mode": "absolute", "steps": steps}}
    elif panel.type == "stat":
        defaults["color"] = {"mode": "fixed", "fixedColor": "text"}
    if panel.type == "timeseries":
        defaults |= {"color": {"mode": "palette-classic"}, "custom": lines(panel)}
        if not panel.log:
            defaults["min"] = 0
    return {"defaults": defaults, "overrides": overrides(panel)}


def lines(panel):
    scale = {"type": "log", "log": 10} if panel.log else {"type": "linear"}
    return {
        "drawStyle": "line",
        "lineWidth": 1 if panel.stack else 2,
        "fillOpacity": 60 if panel.stack else 0,
        "showPoints": "auto",
        "spanNulls": False,
        "stacking": {"mode": panel.stack or "none", "group": "A"},
        "scaleDistribution": scale,
    }


def overrides(panel):
    found = []
    if panel.type == "timeseries" and any(bare(q.legend) for q in panel.queries):
        for name, colour in COLOURS.items():
            found.append(override(name, color={"mode": "fixed", "fixedColor": colour}))
    if panel.line:
        found.append(override(panel.line, **{
            "custom.stacking": {"mode": "none", "group": "A"},
            "custom.lineWidth": 3,
            "custom.fillOpacity": 0,
        }))
    for heading, unit in panel.columns.items():
        found.append(override(heading, unit=unit))
    for title, url in panel.links:
        found.append(override("traceID", links=[{"title": title, "url": url}]))
    return found


def bare(legend):
    """Whether series are called by a kind or phase alone, as COLOURS is."""
    return legend.startswith("{{coldstart") and legend.endswith(("kind}}", "phase}}"))


def override(name, **properties):
    return {
        "matcher": {"id": "byName", "options": name},
        "properties": [{"id": k, "value": v} for k, v in properties.items()],
    }


def transformations(panel):
    """Of a table of several queries: one row for each set of labels, readable headings."""
    if not panel.key:
        return []
    renamed = dict(panel.names) | {f"Value #{ref(i)}": q.legend for i, q in enumerate(panel.queries)}
    order = {name: i for i, name in enumerate(["Time", *renamed])}
    return [
        ("merge", {}),
        ("organize", {"excludeByName": {"Time": True}, "indexByName": order, "renameByName": renamed}),
    ]


def target(panel, query):
    """A query as its datasource's own editor writes it, without datasource and refId."""
    if query.datasource != "prometheus":
        return dict(query.fields)
    spec = {"expr": query.expr, "legendFormat": query.legend, "editorMode": "code"}
    spec |= {"instant": query.instant, "range": not query.instant}
    if panel.type == "table":
        spec["format"] = "table"
    if query.exemplar:
        spec["exemplar"] = True
    return spec


def variable_of(datasource):
    """The variable that holds a datasource of a kind."""
    return "${datasource}" if datasource == "prometheus" else "${%s}" % datasource


def ref(index):
    return chr(ord("A") + index)


def placed(dashboard):
    """(row, [(panel, x, y, id)]) with y from the row's top; what does not fit in 24 columns goes below."""
    ident = 0
    for row in dashboard.rows:
        x = y = height = 0
        panels = []
        for panel in row.panels:
            if x + panel.width > 24:
                x, y, height = 0, y + height, 0
            ident += 1
            panels.append((panel, x, y, ident))
            x += panel.width
            height = max(height, panel.height)
        yield row, panels, y + height
