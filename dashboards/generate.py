#!/usr/bin/env python3
"""Writes the Grafana dashboards and Prometheus rules from dashboards/source. Needs Python 3.9 or later.

usage: dashboards/generate.py [--check]   --check: write nothing, end with 1 when a file is stale
"""

import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "source"))
sys.dont_write_bytecode = True

import classic
import compare_versions
import first_request
import overview
import rules
import v2
from metrics import FLAVOURS

DASHBOARDS = {"overview": overview, "first-request": first_request, "compare-versions": compare_versions}
FORMS = {"classic": classic, "v2": v2}


def files():
    """Path below dashboards/ -> text."""
    for name, module in DASHBOARDS.items():
        for flavour in FLAVOURS:
            dashboard = module.dashboard(flavour)
            suffix = f"-{flavour.key}" if flavour.key else ""
            if suffix:
                dashboard.uid += suffix
                dashboard.title += f" ({flavour.title})"
            for form, writer in FORMS.items():
                text = json.dumps(writer.write(dashboard), indent=1, ensure_ascii=False) + "\n"
                yield f"grafana/{form}/{name}{suffix}.json", text
    yield "prometheus/coldstart-rules.yml", rules.write()


def main(arguments):
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    wanted = dict(files())
    present = {str(p.relative_to(HERE)) for form in FORMS for p in (HERE / "grafana" / form).glob("*.json")}
    stale = sorted(present - set(wanted))
    for path, text in wanted.items():
        file = HERE / path
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            stale.append(path)
    if arguments:
        for path in stale:
            print(f"stale: dashboards/{path}")
        print(f"{len(wanted)} generated files, {len(stale)} stale; dashboards/generate.py writes them")
        return 1 if stale else 0
    for path in stale:
        file = HERE / path
        if path not in wanted:
            file.unlink()
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(wanted[path], encoding="utf-8")
    print(f"{len(stale)} of {len(wanted)} files written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
