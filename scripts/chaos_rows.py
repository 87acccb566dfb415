#!/usr/bin/env python3
"""One line for each row's ledger, and the page of them. Started by chaos.sh."""

import argparse
import json
import os
import platform
import re
import sys
import time

HEAD = """# What was done to services with the agent

Written by `scripts/chaos.sh --full --page`; do not edit. Each row starts services without and with the agent, does the
same to both, and compares what a client sees: answers, status codes, exceptions (class, message, own frames), exit
code, stdout and stderr, and how long the end takes. "Lost" are requests or traces that the client knows of and the
report or the collector does not; "left behind" are files, threads and memory. Any figure but 0 fails the row, and so
does a row that did not run. To repeat one: `scripts/chaos.sh --full ROW`; its short form is part of `mvn verify`.

| row | form | cases | differences | lost | left behind | seconds | run on |
|---|---|---|---|---|---|---|---|
"""


def line(row, ledger):
    if ledger is None:
        return f"{row:<16} DID NOT RUN"
    verdict = "ok" if good(ledger) else "FAILED"
    text = (f"{row:<16} {verdict:<6} cases {ledger['cases']:>6}  differences {ledger['differences']}  lost {ledger['lost']}"
            f"  leaks {ledger['leaks']}  {ledger['seconds']} s")
    return text + (f"  not run: {len(ledger['notRun'])}" if ledger["notRun"] else "")


def good(ledger):
    return ledger["cases"] > 0 and not (ledger["differences"] or ledger["lost"] or ledger["leaks"])


def machine():
    """Facts without a name of the machine."""
    model = "unknown processor"
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo", encoding="utf-8") as info:
            found = re.search(r"^model name\s*: (.*)$", info.read(), re.MULTILINE)
            model = found.group(1).strip() if found else model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
    return (f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} x {model}, {memory} GiB, "
            f"{platform.system()} {platform.release().split('-')[0]}, load {os.getloadavg()[1]:.1f}")


def cells(ledger):
    numbers = [ledger[key] for key in ("cases", "differences", "lost", "leaks", "seconds")]
    where = ledger["machine"].split(",")[0]
    form = ledger["size"] if good(ledger) else f"{ledger['size']}, FAILED"
    return f"| [{ledger['row']}](#{ledger['row']}) | {form} | {' | '.join(map(str, numbers))} | {where} |\n"


def details(ledger):
    text = f"\n## {ledger['row']}\n\n{ledger['meaning']}\n\n"
    for note in ledger["notes"]:
        text += f"- {note}\n"
    for finding in ledger["findings"]:
        text += f"- FOUND: {finding.splitlines()[0][:300]}\n"
    for why in ledger["notRun"]:
        text += f"- Not run: {why}\n"
    return text + f"- Run on {ledger['machine']}.\n"


def write(path, ledgers):
    """The ledgers of earlier runs are kept in the page itself."""
    kept = {}
    if os.path.exists(path):
        with open(path, encoding="utf-8") as page:
            found = re.search(r"<!-- ledgers\n(.*)\n-->", page.read(), re.DOTALL)
            kept = json.loads(found.group(1)) if found else {}
    kept.update(ledgers)
    ordered = [kept[row] for row in sorted(kept)]
    with open(path, "w", encoding="utf-8") as page:
        page.write(HEAD + "".join(map(cells, ordered)) + "".join(map(details, ordered)))
        page.write(f"\n<!-- ledgers\n{json.dumps(kept, indent=1, sort_keys=True, ensure_ascii=False)}\n-->\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--page", action="store_true")
    parser.add_argument("--page-file", required=True)
    parser.add_argument("--ledgers", required=True)
    parser.add_argument("rows", nargs="+")
    args = parser.parse_args()
    ledgers, failed = {}, False
    for row in args.rows:
        path = f"{args.ledgers}/{row}.json"
        ledger = None
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                ledger = json.load(file)
            ledger["machine"] = machine()
            ledgers[row] = ledger
        print(line(row, ledger))
        for finding in (ledger or {}).get("findings", []):
            print("    " + finding.splitlines()[0][:300])
        failed |= ledger is None or not good(ledger)
    if args.page:
        write(args.page_file, ledgers)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
