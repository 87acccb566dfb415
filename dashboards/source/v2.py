"""The V2 form: a resource of Grafana's dashboard schema v2, the default of Grafana 13."""

import viz


def write(dashboard):
    return {
        "apiVersion": "dashboard.grafana.app/v2",
        "kind": "Dashboard",
        "metadata": {"name": dashboard.uid},
        "spec": {
            "title": dashboard.title,
            "description": dashboard.about,
            "tags": ["coldstart"],
            "cursorSync": "Crosshair",
            "editable": True,
            "preload": False,
            "links": [{
                "title": "Coldstart", "type": "dashboards", "tags": ["coldstart"], "asDropdown": True,
                "includeVars": True, "keepTime": True, "targetBlank": False, "icon": "", "tooltip": "",
            }],
            "timeSettings": {
                "from": "now-6h", "to": "now", "timezone": "browser", "autoRefresh": "",
                "autoRefreshIntervals": ["1m", "5m", "15m"], "hideTimepicker": False, "fiscalYearStartMonth": 0,
            },
            "annotations": [annotation(*a) for a in dashboard.annotations],
            "variables": [variable(v) for v in dashboard.variables],
            "elements": {
                f"panel-{ident}": panel(p, ident)
                for _, placed, _ in viz.placed(dashboard) for p, _, _, ident in placed
            },
            "layout": {"kind": "RowsLayout", "spec": {"rows": [row(*r) for r in viz.placed(dashboard)]}},
        },
    }


def annotation(name, colour, expr, title, text):
    target = {"refId": "Anno", "expr": expr, "interval": "60s"}
    shown = {"titleFormat": title, "textFormat": text, "useValueForTime": False}
    return {"kind": "AnnotationQuery", "spec": {
        "name": name, "enable": True, "hide": False, "iconColor": colour,
        "query": query("prometheus", target), "legacyOptions": shown,
    }}


def variable(v):
    made = {"name": v.name, "label": v.label, "hide": "dontHide", "skipUrlSync": False}
    if v.about:
        made["description"] = v.about
    nothing = {"text": "", "value": ""}
    listed = {"options": [], "multi": v.multi, "includeAll": v.multi, "allowCustomValue": True}
    if v.kind == "datasource":
        return {"kind": "DatasourceVariable", "spec": made | listed | {
            "pluginId": v.query, "refresh": "onDashboardLoad", "regex": "", "current": nothing}}
    if v.kind == "custom":
        values = [{"text": o, "value": o, "selected": o == v.value} for o in v.query.split(",")]
        return {"kind": "CustomVariable", "spec": made | listed | {
            "query": v.query, "options": values, "current": {"text": v.value, "value": v.value}}}
    if v.kind == "text":
        return {"kind": "TextVariable", "spec": made | {"query": "", "current": nothing}}
    spec = made | listed | {
        "query": query("prometheus", {"query": v.query, "refId": v.name}), "definition": v.query,
        "regex": v.regex, "refresh": "onTimeRangeChanged", "sort": "alphabeticalAsc", "current": nothing,
    }
    if v.multi:
        spec |= {"allValue": ".*", "current": {"text": ["All"], "value": ["$__all"]}}
    return {"kind": "QueryVariable", "spec": spec}


def row(row, placed, _):
    items = [
        {"kind": "GridLayoutItem", "spec": {
            "x": x, "y": y, "width": p.width, "height": p.height,
            "element": {"kind": "ElementReference", "name": f"panel-{ident}"},
        }}
        for p, x, y, ident in placed
    ]
    layout = {"kind": "GridLayout", "spec": {"items": items}}
    return {"kind": "RowsLayoutRow", "spec": {"title": row.title, "collapse": row.collapsed, "layout": layout}}


def panel(p, ident):
    queries = [
        {"kind": "PanelQuery", "spec": {
            "refId": viz.ref(i), "hidden": False, "query": query(q.datasource, viz.target(p, q)),
        }}
        for i, q in enumerate(p.queries)
    ]
    steps = [{"kind": "Transformation", "group": i, "spec": {"options": o}} for i, o in viz.transformations(p)]
    look = {"options": viz.options(p), "fieldConfig": viz.field_config(p)}
    return {"kind": "Panel", "spec": {
        "id": ident, "title": p.title, "description": p.about, "links": [],
        "data": {"kind": "QueryGroup", "spec": {"queries": queries, "transformations": steps, "queryOptions": {}}},
        "vizConfig": {"kind": "VizConfig", "group": p.type, "version": "", "spec": look},
    }}


def query(plugin, spec):
    return {"kind": "DataQuery", "group": plugin, "version": "v0",
            "datasource": {"name": viz.variable_of(plugin)}, "spec": spec}
