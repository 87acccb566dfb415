#!/usr/bin/env bash
# Measures what the agent costs a start, beside no agent, an agent that does nothing, and other
# vendors' agents. Prints every target with its figure and exits with 1 when one is missed.
# Needs Linux, a JDK 17+, Maven 3.8+ and Python 3; fetches the other agents from Maven Central.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: scripts/bench-overhead.sh [options]
  --quick         fewer starts: about 20 minutes on an idle machine
  -n N            starts of each variant (default 40, quick 5)
  --only ROWS     only these parts, by commas: spring,langchain4j,generated,trivial,core,load,memory,micro
  --jdk DIR       a second JDK, for spring and trivial (default: another one beside the first)
  --out DIR       samples, chart and page go there (default out/overhead)
  --page          also rewrite agent/docs/overhead.md
  --build         build again even when the jars are there
TEXT
}

root=$(cd "$(dirname "$0")/.." && pwd)
out=$root/out/overhead build= second= pass=()
while [ $# -gt 0 ]; do
  case $1 in
    --quick | --page) pass+=("$1"); shift ;;
    -n | --only | --out | --jdk)
      [ $# -gt 1 ] || { echo "bench-overhead.sh: $1 needs a value" >&2; exit 2; }
      case $1 in
        --out) out=$2 ;;
        --jdk) second=$2 ;;
        *) pass+=("$1" "$2") ;;
      esac
      shift 2 ;;
    --build) build=yes; shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; echo "bench-overhead.sh: unknown option $1" >&2; exit 2 ;;
  esac
done
mkdir -p "$out"
out=$(cd "$out" && pwd)
work=$root/agent/bench/target/overhead
mkdir -p "$work"

has() { ls "$root"/$1 > /dev/null 2>&1; }
if [ -n "$build" ] || ! has 'agent/dist/target/coldstart-agent.jar' \
  || ! has 'demo-app/backends/target/coldstart-demo-backends-*.jar' \
  || ! has 'demo-app/spring-ai-service/target/coldstart-demo-spring-ai-*.jar' \
  || ! has 'demo-app/langchain4j-service/target/coldstart-demo-langchain4j-*.jar'; then
  echo "Building..."
  (cd "$root" && mvn -q -DskipTests -Dspotless.check.skip -am package \
    -pl agent/dist,demo-app/backends,demo-app/spring-ai-service,demo-app/langchain4j-service)
fi
if [ -n "$build" ] || ! has 'agent/bench/target/benchmarks.jar'; then
  (cd "$root" && mvn -q -f agent/pom.xml -Pbench -DskipTests -Dspotless.check.skip -pl bench -am package)
fi
# shellcheck source=lib/neighbour-jars.sh
. "$root/scripts/lib/neighbour-jars.sh"
otel=$(neighbour_version opentelemetry-javaagent)
elastic=$(neighbour_version elastic-apm-agent)
datadog=$(neighbour_version dd-java-agent)

# The JDK in use, and the newest other one beside it.
first=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}
if [ -z "$second" ]; then
  for jdk in "$(dirname "$first")"/*; do
    if [ -x "$jdk/bin/javac" ] && ! [ "$jdk/bin/java" -ef "$first/bin/java" ] \
      && ! cmp -s "$jdk/release" "$first/release"; then
      second=$jdk
    fi
  done
fi
pass+=(--jdk "$first")
[ -z "$second" ] || pass+=(--jdk "$second")

exec python3 "$root/scripts/overhead" --root "$root" --work "$work" --out "$out" --neighbours "$neighbours" \
  --versions "OpenTelemetry $otel, Elastic $elastic, Datadog $datadog" "${pass[@]}"
