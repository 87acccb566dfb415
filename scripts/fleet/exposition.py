"""OTLP metrics as Prometheus scrapes them: what a Collector would do, of which none is to be had where this runs.

In protobuf exponential histograms become native ones; in text explicit buckets become classic ones.
"""

from protobuf import as_varint, blob, integer, real, signed

PROTOBUF = "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited"
TEXT = "text/plain; version=0.0.4"
COUNTER, GAUGE, HISTOGRAM = 0, 1, 4
MAX_SCHEMA = 8
RESOURCE_LABELS = {
    "service.name": "service_name", "service.version": "service_version", "service.instance.id": "instance",
    "k8s.cluster.name": "cluster",
}
UNITS = {"s": "_seconds"}


class Exposition:
    """The newest value of each series; not thread-safe."""

    def __init__(self):
        self.families = {}

    def add(self, resource, name, kind, unit, labels, value):
        labels = labels | {
            label: resource[k] for k, label in RESOURCE_LABELS.items() if k in resource}
        name = name.replace(".", "_") + UNITS.get(unit, "") + ("_total" if kind == "sum" else "")
        series = tuple(sorted((k.replace(".", "_"), str(v)) for k, v in labels.items()))
        self.families.setdefault((name, kind), {})[series] = value

    def text(self):
        lines = []
        for (name, kind), series in sorted(self.families.items()):
            lines.append(f"# TYPE {name} {dict(sum='counter', gauge='gauge').get(kind, 'histogram')}")
            for labels, value in series.items():
                if kind in ("sum", "gauge"):
                    lines.append(f"{name}{braces(labels)} {value}")
                    continue
                at_most = 0
                for bound, count in zip([*value["bounds"], "+Inf"], value["counts"]):
                    at_most += count
                    lines.append(f"{name}_bucket{braces((*labels, ('le', bound)))} {at_most}")
                lines.append(f"{name}_sum{braces(labels)} {value['sum']}")
                lines.append(f"{name}_count{braces(labels)} {value['count']}")
        return ("\n".join(lines) + "\n").encode()

    def protobuf(self):
        out = b""
        for (name, kind), series in sorted(self.families.items()):
            form = {"sum": COUNTER, "gauge": GAUGE}.get(kind, HISTOGRAM)
            family = blob(1, name) + integer(3, form)
            for labels, value in series.items():
                pairs = b"".join(blob(1, blob(1, k) + blob(2, v)) for k, v in labels)
                family += blob(4, pairs + measured(form, value))
            out += as_varint(len(family)) + family
        return out


def braces(labels):
    return "{%s}" % ",".join(f'{k}="{v}"' for k, v in labels)


def measured(form, value):
    if form == COUNTER:
        return blob(3, real(1, float(value)))
    if form == GAUGE:
        return blob(2, real(1, float(value)))
    return blob(7, integer(1, value["count"]) + real(2, value["sum"]) + buckets(value))


def buckets(value):
    """OTLP's bucket i is (base^i, base^(i+1)], Prometheus' bucket i is (base^(i-1), base^i]."""
    schema = min(value["scale"], MAX_SCHEMA)
    counts = {}
    for i, count in enumerate(value["counts"]):
        index = (value["offset"] + i >> value["scale"] - schema) + 1
        counts[index] = counts.get(index, 0) + count
    first, last = min(counts, default=0), max(counts, default=-1)
    out = signed(5, schema) + real(6, 1e-128) + integer(7, value["zero_count"])
    out += blob(12, signed(1, first) + integer(2, last - first + 1))
    before = 0
    for index in range(first, last + 1):
        count = counts.get(index, 0)
        out += signed(13, count - before)
        before = count
    return out
