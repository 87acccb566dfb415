"""What people read of the rows: table, page, chart."""

import os
import platform
import re
import subprocess
import time

from stats import pairs

HEAD = """# What the agent costs

Written by `scripts/bench-overhead.sh`; do not edit. Last run {date}: {java}, {cpus} x {cpu}, {os}, load {load:.1f}.
Other agents: {agents}, exporters off. {classes}

Variants take turns in an order of chance. A figure is a mean with its 95 % interval; "pairs" are differences within
rounds. "Cold cache" is the first start of an image, "warm cache" every later one. Effects that are smaller than what
whole processes scatter by have two witnesses: the agent's own ledger (premain, weaving and compiling as its report has them, and
over no agent what the JVM takes for an empty one), which must meet the target, and the pairs, whose interval must not
contradict it. What the JVM's compilers take for code that weaves is in the ledger as an estimate (decision 0045).
"Inconclusive": the interval holds the limit; more rounds (`-n`) decide. Parts that were not run keep the rows of their
last run.

{table}

How AppCDS and the AOT cache go with the agent: [cds.md](cds.md).
"""


def facts(java, versions, rounds):
    version = subprocess.run([java, "-version"], capture_output=True, text=True).stderr.splitlines()
    model = re.search(r"model name\s*:\s*(.*)", open("/proc/cpuinfo").read())
    return {
        "date": time.strftime("%Y-%m-%d"),
        "java": version[1] if len(version) > 1 else "unknown",
        "os": f"{platform.system()} {platform.release()}",
        "cpus": os.cpu_count(),
        "cpu": model.group(1) if model else platform.machine(),
        "load": os.getloadavg()[0],
        "agents": versions,
        "rounds": rounds,
    }


def table(rows):
    lines = ["| what | target | figure | 95 % interval | n | pairs | verdict |", "|---|---|---|---|---|---|---|"]
    for row in rows:
        unit = row["unit"]
        other = row.get("pairs")
        beside = "-" if other is None else f"{number(other['figure'], unit)}, {interval(other, unit)}, n={other['n']}"
        lines.append(f"| {row['what']} | {row['target']} | {number(row['figure'], unit)} {unit} |"
                     f" {interval(row, unit)} | {row['n']} | {beside} | {row['verdict']} |")
    return "\n".join(lines)


def number(value, unit):
    return f"{value:+.1f}" if unit == "ms" else f"{value:.{3 if unit == 'of it' else 1}f}"


def interval(row, unit):
    if row["half"] is None:
        return "-"
    places = 3 if unit == "of it" else 1
    return f"{row['figure'] - row['half']:.{places}f} .. {row['figure'] + row['half']:.{places}f}"


def page(facts, rows, classes):
    seen = "; ".join(f"{name}: {count:,} classes loaded at the first token" for name, count in classes.items())
    return HEAD.format(table=table(rows), classes=seen + "." if seen else "", **facts)


def chart(all_samples):
    """Added time to first token, with intervals, as a small SVG; None when no part has it."""
    bars = []
    for part, samples in all_samples.items():
        if "first_token_ms" in samples.get("none", [{}])[0]:
            for name in samples:
                if name != "none":
                    figure = pairs(samples, name, "none", "first_token_ms")
                    bars.append((f"{part}: {name}", figure.mean, figure.half if figure.n > 2 else 0))
    if not bars:
        return None
    low = min(0, *(figure - half for _, figure, half in bars))
    high = max(1, *(figure + half for _, figure, half in bars))

    def x(value):
        return 230 + 400 * (value - low) / (high - low)

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 {40 + 24 * len(bars)}" '
           'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>',
           '<text x="10" y="18">Added time to first token, ms; lines are 95 % intervals</text>']
    for i, (name, figure, half) in enumerate(bars):
        y = 34 + 24 * i
        left, width = min(x(0), x(figure)), abs(x(figure) - x(0))
        out.append(f'<text x="10" y="{y + 11}">{name}</text>'
                   f'<rect x="{left:.1f}" y="{y}" width="{width:.1f}" height="14" fill="#5b8db8"/>'
                   f'<path d="M{x(figure - half):.1f} {y + 7}H{x(figure + half):.1f}" stroke="#222"/>'
                   f'<text x="650" y="{y + 11}">{figure:+.0f}</text>')
    return "\n".join(out + ["</svg>\n"])
