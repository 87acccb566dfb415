"""The classic form: what grafana.com exchanges and all versions of Grafana import."""

import viz

SCHEMA_VERSION = 42
NAMES = {"prometheus": "Prometheus", "tempo": "Tempo", "jaeger": "Jaeger"}
REFRESH_ON_TIME = 2
ALPHABETICAL = 1


def write(dashboard):
    plugins = [v.query for v in dashboard.variables if v.kind == "datasource"]
    panel_types = sorted({p.type for r in dashboard.rows for p in r.panels})
    return {
        "__inputs": [
            {"name": name_of_input(p), "label": NAMES[p], "description": "", "type": "datasource",
             "pluginId": p, "pluginName": NAMES[p]}
            for p in plugins
        ],
        "__requires": [
            {"type": "grafana", "id": "grafana", "name": "Grafana", "version": "11.0.0"},
            *({"type": "datasource", "id": p, "name": NAMES[p], "version": "1.0.0"} for p in plugins),
            *({"type": "panel", "id": t, "name": t, "version": ""} for t in panel_types),
        ],
        "uid": dashboard.uid,
        "title": dashboard.title,
        "description": dashboard.about,
        "tags": ["coldstart"],
        "schemaVersion": SCHEMA_VERSION,
        "editable": True,
        "graphTooltip": 1,
        "refresh": "",
        "time": {"from": "now-6h", "to": "now"},
        "timezone": "browser",
        "links": [{
            "title": "Coldstart", "type": "dashboards", "tags": ["coldstart"], "asDropdown": True,
            "includeVars": True, "keepTime": True, "targetBlank": False, "icon": "", "tooltip": "",
        }],
        "annotations": {"list": [annotation(*a) for a in dashboard.annotations]},
        "templating": {"list": [variable(v) for v in dashboard.variables]},
        "panels": list(panels(dashboard)),
    }


def name_of_input(plugin):
    return "DS_" + plugin.upper()


def annotation(name, colour, expr, title, text):
    return {
        "name": name, "enable": True, "hide": False, "iconColor": colour, "datasource": source("prometheus"),
        "target": {"refId": "Anno", "expr": expr, "interval": "60s"},
        "titleFormat": title, "textFormat": text, "useValueForTime": False,
    }


def variable(v):
    made = {"name": v.name, "label": v.label, "hide": 0, "skipUrlSync": False}
    if v.about:
        made["description"] = v.about
    if v.kind == "datasource":
        value = "${%s}" % name_of_input(v.query)
        return made | {"type": "datasource", "query": v.query, "current": {"text": value, "value": value},
                       "multi": False, "includeAll": False, "regex": "", "refresh": 1, "options": []}
    if v.kind == "custom":
        return made | {"type": "custom", "query": v.query, "multi": False, "includeAll": False,
                       "current": {"text": v.value, "value": v.value},
                       "options": [{"text": o, "value": o, "selected": o == v.value} for o in v.query.split(",")]}
    if v.kind == "text":
        return made | {"type": "textbox", "query": "", "current": {"text": "", "value": ""}, "options": []}
    made |= {"type": "query", "datasource": source("prometheus"), "query": {"query": v.query, "refId": v.name},
             "regex": v.regex, "refresh": REFRESH_ON_TIME, "sort": ALPHABETICAL,
             "multi": v.multi, "includeAll": v.multi, "options": []}
    if v.multi:
        made |= {"allValue": ".*", "current": {"text": ["All"], "value": ["$__all"]}}
    return made


def panels(dashboard):
    top, last = 0, sum(len(row.panels) for row in dashboard.rows)
    for i, (row, placed, height) in enumerate(viz.placed(dashboard)):
        inside = [panel(p, x, top + 1 + y, ident) for p, x, y, ident in placed]
        yield {"type": "row", "id": last + i + 1, "title": row.title, "collapsed": row.collapsed,
               "gridPos": {"h": 1, "w": 24, "x": 0, "y": top}, "panels": inside if row.collapsed else []}
        if not row.collapsed:
            yield from inside
        top += 1 + (0 if row.collapsed else height)


def panel(p, x, y, ident):
    made = {
        "id": ident,
        "type": p.type,
        "title": p.title,
        "gridPos": {"h": p.height, "w": p.width, "x": x, "y": y},
        "datasource": source(p.queries[0].datasource),
        "targets": [
            {"refId": viz.ref(i), "datasource": source(q.datasource), **viz.target(p, q)}
            for i, q in enumerate(p.queries)
        ],
        "options": viz.options(p),
        "fieldConfig": viz.field_config(p),
    }
    if p.about:
        made["description"] = p.about
    if p.key:
        made["transformations"] = [{"id": i, "options": o} for i, o in viz.transformations(p)]
    return made


def source(plugin):
    return {"type": plugin, "uid": viz.variable_of(plugin)}
