"""Means, intervals and verdicts. A row is one line of the table."""

import math
import statistics


def t95(df):
    """Two-sided 95 % quantile of Student's t, by Cornish-Fisher's expansion; exact enough from 2 on."""
    z = 1.959964
    return z + (z**3 + z) / (4 * df) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df**2) + (
        3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * df**3)


class Figure:
    """A mean with half the width of its 95 % interval."""

    def __init__(self, values):
        self.values = list(values)
        self.mean = statistics.mean(self.values)
        n = len(self.values)
        self.half = t95(n - 1) * statistics.stdev(self.values) / math.sqrt(n) if n > 2 else math.inf

    @property
    def low(self):
        return self.mean - self.half

    @property
    def high(self):
        return self.mean + self.half

    @property
    def n(self):
        return len(self.values)


def known(mean, half, n):
    """A figure that somebody else has worked out."""
    figure = Figure([mean])
    figure.half = half
    figure.values = [mean] * n
    return figure


def column(samples, name, key):
    return [sample[key] for sample in samples[name] if sample.get(key) is not None]


def pairs(samples, name, base, key):
    """Differences between two variants within rounds."""
    return Figure(a[key] - b[key] for a, b in zip(samples[name], samples[base]))


class Table:
    """Rows with their verdicts: pass, MISSED, inconclusive, or - for a row that is there to compare."""

    def __init__(self):
        self.rows = []

    def compare(self, what, figure, unit="ms"):
        self._add(what, "for comparison", figure, None, unit, "-")

    def at_most(self, what, target, figure, limit, unit="ms"):
        """Passed when the whole interval is below the limit, missed when it is above it."""
        verdict = "pass" if figure.high <= limit else "MISSED" if figure.low > limit else "inconclusive"
        self._add(what, target, figure, None, unit, verdict)

    def measured(self, what, target, figure, met, unit="ms"):
        """A row whose figure needs no interval, or has one that decides nothing."""
        self._add(what, target, figure, None, unit, "pass" if met else "MISSED")

    def witnessed(self, what, target, ledger, pairs, limit, unit="ms", zero=False):
        """Two witnesses of a small effect: the agent's own ledger has to meet the limit, and the interval of the
        pairs must not contradict it: lie above the limit, or with zero above 0."""
        contradicted = pairs.low > (0 if zero else limit)
        meets = ledger.mean <= limit
        verdict = "MISSED" if contradicted or not meets else "pass"
        self._add(what, target, ledger, pairs, unit, verdict)

    def within(self, what, target, figure, bound, unit="ms"):
        """Passed when the interval lies between -bound and bound, missed when it lies outside."""
        outside = figure.low > bound or figure.high < -bound
        inside = figure.high <= bound and figure.low >= -bound
        self._add(what, target, figure, None, unit, "pass" if inside else "MISSED" if outside else "inconclusive")

    def _add(self, what, target, figure, pairs, unit, verdict):
        row = {"what": what, "target": target, "unit": unit, "verdict": verdict, "n": figure.n, "figure": figure.mean,
               "half": finite(figure.half)}
        if pairs is not None:
            row["pairs"] = {"figure": pairs.mean, "half": finite(pairs.half), "n": pairs.n}
        self.rows.append(row)


def finite(value):
    return value if math.isfinite(value) else None
