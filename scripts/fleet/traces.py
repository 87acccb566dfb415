"""A cold trace in a real Zipkin, and one that was left behind by a killed process."""

import glob
import json
import os
import signal
import subprocess

import zipkin
from processes import free_port
from receiver import Receiver


def check_tree(check, processes, demo, receiver, cold):
    """One cold trace in a real Zipkin: the same tree, the same durations."""
    url = zipkin.start(processes, demo.java, check.args.zipkin)
    mine = [s for s in receiver.spans if s[1]["trace"] == cold["trace_id"]]
    check.expect(len(mine) == len(cold["spans"]) + 1, f"{len(mine)} spans came over OTLP: the request and its {len(cold['spans'])} intervals")
    zipkin.send(url, receiver.spans)
    shown = processes.wait(None, "Zipkin had the trace", lambda: (
        lambda t: t if len(t) == len(mine) else None)(zipkin.trace(url, cold["trace_id"])), 30)
    by_id = {s["id"]: s for s in shown}
    wanted = {s["id"]: zipkin.converted(r, s) for r, s in mine}
    roots = [s for s in shown if "parentId" not in s]
    check.expect(by_id.keys() == wanted.keys() and len(roots) == 1, f"Zipkin gives back {len(shown)} spans with the same ids, one root")
    check.expect(all(s.get("parentId", "") in by_id or "parentId" not in s for s in shown), "every parent is in the trace")
    check.expect(all(by_id[i].get("parentId") == w.get("parentId") for i, w in wanted.items()), "every span has the parent it was sent with")
    check.expect(all(by_id[i]["duration"] == w["duration"] for i, w in wanted.items()), "every duration is the one sent, to the microsecond")
    inside = all(by_id[s["parentId"]]["timestamp"] <= s["timestamp"] for s in shown if "parentId" in s)
    check.expect(inside, "no span begins before its parent")
    root_ns = next(s["end"] - s["start"] for _, s in mine if not s["parent"])
    check.expect(root_ns == cold["duration_ns"], f"the root lasts as long as the request: {root_ns} ns, {cold['duration_ns']} ns")
    return f"{url}/zipkin/traces/{cold['trace_id']}"


def check_killed(check, processes, demo):
    """Nobody receives; the service is killed after its first request; its report is sent later."""
    port = free_port()
    service = demo.start_service("langchain4j", "9.9.9", {"OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{port}"})
    demo.wait_for_visitors(demo.visit(service, "--warm", "0"))
    written = lambda: glob.glob(f"{service.reports}/*.hlog") and glob.glob(f"{service.reports}/*.json")
    file = processes.wait(service, "report and histogram log were written", written, 30)[0]
    processes.stop(service, signal.SIGKILL)
    check.expect(service.returncode == -signal.SIGKILL, "the service was killed by SIGKILL after its first request")
    report = json.load(open(file, encoding="utf-8"))
    cold = report["requests"][0]
    check.expect(cold["kind"] == "cold", f"its report is there: {len(cold['spans'])} intervals of the cold request")
    tags = {line.split(",")[0][4:] for log in glob.glob(f"{service.reports}/*.hlog")
            for line in open(log, encoding="utf-8") if line.startswith("Tag=")}
    check.expect(any(t.endswith(":cold") for t in tags), f"its histogram log is there: {len(tags)} tags")
    receiver = Receiver(port)
    run = subprocess.run([demo.java, "-jar", demo.agent, "export", "--endpoint", f"http://{receiver.address}", file],
                         capture_output=True, text=True, timeout=120)
    check.expect(run.returncode == 0, f"export ended with {run.returncode}: {(run.stdout + run.stderr).strip()[-200:]}")
    expected = len(cold["spans"]) + 1 + len(report["startup"]["spans"]) + 1
    traces = {s["trace"] for _, s in receiver.spans}
    check.expect(len(receiver.spans) >= expected and len(traces) == 2,
                 f"a receiver that appeared later has {len(receiver.spans)} spans in {len(traces)} traces: request and start-up "
                 f"(at least {expected} are in the report)")
    official(check, demo, receiver)
    receiver.close()


def official(check, demo, receiver):
    """The receiver's own decoder against OpenTelemetry's classes."""
    files = []
    for i, body in enumerate(receiver.bodies):
        files.append(f"{check.args.work}/body-{i}.bin")
        with open(files[-1], "wb") as out:
            out.write(body)
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Official.java")
    run = subprocess.run([demo.java, "-cp", check.args.proto, source, *files], capture_output=True, text=True, timeout=120)
    theirs = sorted(run.stdout.splitlines())
    ours = sorted("\t".join([s["trace"], s["id"], s["parent"], str(s["start"]), str(s["end"]), s["name"]])
                  for _, s in receiver.spans)
    check.expect(theirs and theirs == ours, f"OpenTelemetry's own classes decode the same {len(theirs)} spans {run.stderr[-300:]}")


def picture(check, args, page):
    subprocess.run([
        args.chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={args.work}/chromium", "--window-size=1400,1000", "--virtual-time-budget=15000",
        f"--screenshot={args.screenshot}", page], capture_output=True, timeout=120)
    check.expect(os.path.exists(args.screenshot), f"Zipkin's own page of the trace: {args.screenshot}")
