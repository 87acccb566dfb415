"""The demo's agent services under the real agent, with their stand-ins and visitors."""

import glob
import os
import re
import shutil
import subprocess

from processes import Failure, free_port, post

EXPIRY = ["--idle-s", "4", "--slow-connections", "-1", "--cache-ttl-s", "5", "--tool-list-ttl-s", "5"]
PAUSE_S = "8"
FRAMEWORKS = {"langchain4j": "shop-agent", "spring-ai": "travel-agent"}


class Demo:
    def __init__(self, root, processes, work):
        self.root, self.processes, self.work = root, processes, work
        home = os.environ.get("JAVA_HOME")
        self.java = f"{home}/bin/java" if home else shutil.which("java")
        self.agent = self.jar("agent/dist", "coldstart-agent")
        self.backends_jar = self.jar("demo-app/backends", "coldstart-demo-backends-*")
        self.environments = {}

    def jar(self, module, name):
        found = [j for j in glob.glob(f"{self.root}/{module}/target/{name}.jar") if not re.search("sources|original|tests", j)]
        if not found:
            raise Failure(f"no {name}.jar in {module}/target: build first")
        return found[0]

    def start_backends(self, framework, scale, *options):
        """The stand-ins of one service."""
        file = f"{self.work}/{framework}.env"
        process = self.processes.start(f"backends-{framework}", [
            self.java, "-jar", self.backends_jar, "--scale", scale, *EXPIRY, "--env-file", file,
            "--ledger", f"{self.work}/{framework}.ledger", *options])
        self.processes.wait(process, "the stand-ins were ready", lambda: "READY" in self.processes.output(process))
        with open(file, encoding="utf-8") as lines:
            pairs = re.findall(r"export (\w+)='(.*)'", lines.read())
        self.environments[framework] = {"TOOL_LIST_TTL_S": "5"} | dict(pairs)

    def slow_tools(self, framework, ms):
        """From now on the tool servers take so long to list their tools, in all."""
        post(self.environments[framework]["DEMO_ADMIN_URL"] + "/delays", b'{"tool_registry_ms": %d}' % ms)

    def start_service(self, framework, version, env, service=None, warm="20"):
        """A cold service of a version. Returns it with .url, .reports (a folder) and .scrape (host:port)."""
        service = service or FRAMEWORKS[framework]
        name = f"{service}-{version}"
        reports = f"{self.work}/reports/{name}"
        shutil.rmtree(reports, ignore_errors=True)
        post(self.environments[framework]["DEMO_ADMIN_URL"] + "/reset", b"")
        port = free_port()
        process = self.processes.start(
            f"{name}-{len(self.processes.running)}",
            [self.java, f"-javaagent:{self.agent}=service={service},dir={reports},warm={warm},idle=5s", "-jar",
             self.jar(f"demo-app/{framework}-service", f"coldstart-demo-{framework}-*")],
            self.environments[framework] | env | {
                "OTEL_RESOURCE_ATTRIBUTES": f"service.version={version},k8s.cluster.name=demo",
                "OTEL_EXPORTER_PROMETHEUS_HOST": "127.0.0.1",
                "OTEL_EXPORTER_PROMETHEUS_PORT": str(port),
            })
        process.reports, process.scrape = reports, f"127.0.0.1:{port}"
        listening = self.processes.wait(
            process, "it was listening",
            lambda: re.search(r"listening on (127\.0\.0\.1:\d+)", self.processes.output(process)))
        process.url = "http://" + listening.group(1)
        return process

    def visit(self, service, *options):
        """Asks the service questions; returns the running visitor."""
        return self.processes.start(f"visitor-{service.name}", [
            self.java, "-cp", self.backends_jar, "dev.coldstart.demo.backends.Visitor", service.url, *options])

    def wait_for_visitors(self, *visitors):
        for visitor in visitors:
            try:
                status = visitor.wait(180)
            except subprocess.TimeoutExpired:
                raise Failure(f"{visitor.name} was not served in 180 s") from None
            if status != 0:
                raise Failure(f"{visitor.name} was not served:\n{self.processes.output(visitor, '.err')[-2000:]}")
