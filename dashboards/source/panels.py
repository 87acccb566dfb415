"""What a dashboard is made of, in no form of Grafana's: classic.py and v2.py write those."""

from dataclasses import dataclass, field

# One colour per start kind and per phase, the same in all panels.
COLOURS = {
    "cold": "#3274D9",
    "waited": "#8AB8FF",
    "recold": "#B877D9",
    "restored": "#56A64B",
    "warm": "#FF9830",
    "tool_registry": "#1F60C4",
    "vector_store_connect": "#37872D",
    "vector_store_query": "#96D98D",
    "schema_validation": "#8F3BB8",
    "embedding": "#C0D8FF",
    "llm_connect": "#FF7383",
    "llm_ttft": "#FF9830",
    "prompt_cache": "#FADE2A",
    "llm_generation": "#FFCB7D",
    "tool_call": "#5794F2",
    "agent_build": "#CA95E5",
    "db_connect": "#19730E",
    "unattributed": "#8E8E8E",
    "jvm_start": "#6E9FFF",
    "agent": "#E02F44",
    "app_start": "#A0A0A0",
    "time to first token": "#E02F44",
    "ready": "#24292E",
}


@dataclass
class Query:
    """expr may be empty for traces, which take their own fields instead."""

    expr: str = ""
    legend: str = ""
    instant: bool = False
    exemplar: bool = False
    datasource: str = "prometheus"
    fields: dict = field(default_factory=dict)


@dataclass
class Panel:
    title: str
    type: str
    queries: list
    about: str = ""
    unit: str = "s"
    width: int = 12
    height: int = 8
    stack: str = ""  # "", "normal" or "percent"
    line: str = ""  # legend of a series drawn as a thick line over a stack
    log: bool = False
    columns: dict = field(default_factory=dict)  # of a table: name of a value column -> its unit
    key: tuple = ()  # of a table: labels that tell the rows apart
    names: dict = field(default_factory=dict)  # of a table: label -> heading
    thresholds: tuple = ()  # (value, colour), ascending
    links: tuple = ()  # (title, url) on each value


@dataclass
class Row:
    title: str
    panels: list
    collapsed: bool = False


@dataclass
class Variable:
    """kind: datasource (query: plugin), query, custom (query: values with commas) or text."""

    name: str
    kind: str
    label: str
    query: str = ""
    regex: str = ""
    value: str = ""
    multi: bool = False
    about: str = ""


@dataclass
class Dashboard:
    uid: str
    title: str
    about: str
    variables: list
    rows: list
    annotations: list = field(default_factory=list)  # (name, colour, expr, title, text)


def series(title, *queries, **more):
    return Panel(title, "timeseries", list(queries), **more)


def stat(title, expr, **more):
    more = {"width": 4, "height": 4} | more
    return Panel(title, "stat", [Query(expr, title, instant=True)], **more)


def table(title, key, columns, **more):
    """columns: heading -> (expr, unit); key: the flavour's labels -> headings."""
    queries = [Query(expr, heading, instant=True) for heading, (expr, _) in columns.items()]
    units = {heading: unit for heading, (_, unit) in columns.items()}
    return Panel(title, "table", queries, columns=units, key=tuple(key), names=dict(key), **more)


def variables(flavour, *extra, several=True):
    """The variables that all dashboards have; extra ones come before the window."""
    asked = [
        Variable("datasource", "datasource", "Metrics", "prometheus"),
        values(flavour, "cluster", "Cluster", multi=True),
        values(flavour, "service", "Service", multi=several),
    ]
    if several:
        asked.append(values(flavour, "version", "Version", multi=True))
    window = Variable("window", "custom", "Window", "10m,30m,1h,6h,1d,7d", value="1h", about=WINDOW)
    return [*asked, *extra, window]


WINDOW = (
    "Each point tells what happened in the window before it. Cold starts are rare: in too short a "
    "window there is none"
)


def values(flavour, label, title, name="", **more):
    """A variable of the values that a label has."""
    query, regex = flavour.values(label)
    return Variable(name or label, "query", title, query, regex, **more)


def deploys(flavour):
    """Marks where a version of a service was seen that was not there 5 minutes before."""
    service, version = flavour.label("service"), flavour.label("version")
    by = f"by ({service}, {version})"
    now = flavour.selector("coldstart.requests", "_total", {})
    expr = f"count {by} ({now}) unless count {by} (last_over_time({now}[1h] offset 5m))"
    return ("Deploys", "#5794F2", expr, "New version", "{{%s}} {{%s}}" % (service, version))
