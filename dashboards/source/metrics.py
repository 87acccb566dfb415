"""What the agent exports, and how to ask the two kinds of server for it.

A cold start happens once per process, and the agent opens its metrics endpoint after it: the first
scrape of a process already holds it. Prometheus' increase() takes a series' first value as given, so
it never sees a cold start. What happened within a window is therefore asked as "all of it, when the
series is new in this window, else what was added" (decision 0023). VictoriaMetrics has that built
in: increase_pure() counts from 0.
"""

WINDOW = "$window"

# A series that was away for less is not new: its server may have been.
GAP = "1h"

# The value of a matcher that is to be left out.
ANY = "=any"

# Labels by the short names that the panels use; exported names with dots.
LABELS = {
    "kind": "coldstart.kind",
    "phase": "coldstart.phase",
    "cache": "coldstart.prompt_cache",
    "dropped": "coldstart.dropped",
    "cost": "coldstart.cost",
    "error": "error.type",
    "model": "gen_ai.request.model",
    "service": "service.name",
    "version": "service.version",
    "cluster": "k8s.cluster.name",
}

REQUEST = "coldstart.request.duration"
PHASE = "coldstart.phase.duration"
TTFT = "coldstart.time_to_first_token"
READY = "coldstart.ready.duration"
STARTUP_PHASE = "coldstart.startup.phase.duration"
READY_TO_WARM = "coldstart.ready_to_warm.duration"
REQUESTS = "coldstart.requests"
PROMPT_CACHE = "coldstart.prompt_cache.calls"
DROPPED = "coldstart.agent.dropped"
COST = "coldstart.agent.cost"


class Flavour:
    """How one kind of server spells names and counts. Expressions end up in parentheses where they
    could be torn apart, so that callers combine them freely."""

    key = ""  # suffix of files
    title = ""
    native = False  # whether to ask for native histograms as well
    bucket_labels = ()  # of buckets, beside le

    def label(self, short):
        raise NotImplementedError

    def series(self, metric, part):
        """A metric's name with what the server appends; part: "", _bucket, _sum, _count or _total."""
        raise NotImplementedError

    def select(self, name, matchers):
        raise NotImplementedError

    def values(self, label):
        """Query and regex of a variable with a label's values."""
        raise NotImplementedError

    def added(self, selector, window):
        """By how much series grew within the window, counted from their birth."""
        raise NotImplementedError

    def quantile(self, q, metric, by=(), window=WINDOW, **where):
        """A quantile of a histogram's observations within the window, in s."""
        classic = f"histogram_quantile({q}, {self._sum(metric, '_bucket', ('le', *self.bucket_labels, *by), window, where)})"
        if not self.native:
            return classic
        return f"({classic} or histogram_quantile({q}, {self._sum(metric, '', by, window, where)}))"

    def count(self, metric, by=(), window=WINDOW, **where):
        """How many observations a histogram took within the window."""
        return self._part("count", metric, by, window, where)

    def total(self, metric, by=(), window=WINDOW, **where):
        """Sum of a histogram's observations within the window, in s."""
        return self._part("sum", metric, by, window, where)

    def within(self, bound, metric, by=(), window=WINDOW, **where):
        """How many observations were at most a bound, s: one of the buckets'."""
        le = rf'=~"{bound}(\\.0)?"'
        classic = self._sum(metric, "_bucket", by, window, where | {"le": le})
        if not self.native:
            return classic
        one = self._sum(metric, "", by, window, where)
        return f"({classic} or histogram_fraction(0, {bound}, {one}) * histogram_count({one}))"

    def mean(self, metric, by=(), window=WINDOW, **where):
        return f"{self.total(metric, by, window, **where)} / {self.count(metric, by, window, **where)}"

    def events(self, metric, by=(), window=WINDOW, **where):
        """By how much a counter grew within the window."""
        return self._sum(metric, "_total", by, window, where)

    def last(self, metric, by=(), **where):
        """A gauge, averaged over processes."""
        return f"avg {self._by(by)} ({self.selector(metric, '', where)})"

    def selector(self, metric, part, where):
        name = self.series(metric, part)
        asked = {k: f'=~"${k}"' for k in ("service", "version", "cluster")}
        asked.update({k: v if v[0] in "=!" else f'="{v}"' for k, v in where.items()})
        return self.select(name, [(k, v) for k, v in asked.items() if v != ANY])

    def _part(self, part, metric, by, window, where):
        classic = self._sum(metric, "_" + part, by, window, where)
        if not self.native:
            return classic
        inner = self.added(self.selector(metric, "", where), window)
        return f"({classic} or sum {self._by(by)} (histogram_{part}({inner})))"

    def _sum(self, metric, part, by, window, where):
        return f"sum {self._by(by)} ({self.added(self.selector(metric, part, where), window)})"

    def _by(self, labels):
        return f"by ({', '.join(self.label(x) for x in labels)})"


class Prometheus(Flavour):
    """Names with underscores: scraped, or translated on their way in. Asks for classic histograms
    and, where there are none, for native ones."""

    title = "Prometheus, Mimir"
    native = True

    def label(self, short):
        return "cluster" if short == "cluster" else LABELS.get(short, short).replace(".", "_")

    def series(self, metric, part):
        unit = "" if part == "_total" else "_seconds"
        return metric.replace(".", "_") + unit + part

    def select(self, name, matchers):
        return name + ("{%s}" % ", ".join(self.label(k) + v for k, v in matchers) if matchers else "")

    def values(self, label):
        return f"label_values(coldstart_requests_total, {self.label(label)})", ""

    def added(self, s, window):
        old = f"last_over_time({s}[{GAP}] offset {window})"
        return f"(last_over_time({s}[{window}]) unless {old}) or increase({s}[{window}])"


class VictoriaMetrics(Flavour):
    """Names with dots, as VictoriaMetrics keeps those of OTLP. Exponential histograms become
    buckets with a label vmrange."""

    key = "victoriametrics"
    title = "VictoriaMetrics, names with dots"
    bucket_labels = ("vmrange",)

    def label(self, short):
        return LABELS.get(short, short)

    def series(self, metric, part):
        return metric + ("" if part == "_total" else part)

    def select(self, name, matchers):
        quoted = [f'"{name}"', *(f'"{self.label(k)}"{v}' for k, v in matchers)]
        return f"{{{', '.join(quoted)}}}"

    def values(self, label):
        """Not every Grafana takes a dotted label in label_values()."""
        name = self.label(label)
        query = f'query_result(count by ({name}) (last_over_time({{"coldstart.requests"}}[$__range])))'
        return query, '/%s="([^"]+)"/' % name.replace(".", "\\.")

    def added(self, s, window):
        return f"increase_pure({s}[{window}])"


FLAVOURS = [Prometheus(), VictoriaMetrics()]
