#!/usr/bin/env bash
# Runs the demo's services beside other agents in the same JVM, in both orders of -javaagent, and compares: the service
# with itself under the other agent alone, the report with the one of a run without it. Ends with 1 when one differs.
# Needs a JDK 17+ and Maven 3.8+, which fetches the other agents.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: scripts/neighbours.sh [options]
  --framework NAME    langchain4j, spring-ai or both (default langchain4j)
  --only NAMES        only these agents, by commas: opentelemetry,elastic,datadog,jacoco
  --jdk N             Java version to run on, 17 or 25, say (default: the oldest that is found)
  --out DIR           where the table goes (default out/neighbours)
TEXT
}

fail() { echo "neighbours.sh: $1" >&2; exit 2; }
framework=langchain4j only=opentelemetry,elastic,datadog,jacoco jdk= out=
while [ $# -gt 0 ]; do
  case $1 in
    --framework | --only | --jdk | --out)
      [ $# -gt 1 ] || fail "$1 needs a value"
      declare "${1#--}=$2"; shift 2 ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; fail "unknown option $1" ;;
  esac
done
case $framework in
  both) framework=langchain4j,spring-ai ;;
  langchain4j | spring-ai) ;;
  *) fail "--framework must be langchain4j, spring-ai or both, not $framework" ;;
esac
name='(opentelemetry|elastic|datadog|jacoco)'
[[ $only =~ ^$name(,$name)*$ ]] || fail "--only takes opentelemetry, elastic, datadog and jacoco, not $only"
[[ $jdk =~ ^[0-9]*$ ]] || fail "--jdk must be a version such as 17, not $jdk"

root=$(cd "$(dirname "$0")/.." && pwd)
out=${out:-$root/out/neighbours}
mkdir -p "$out" || fail "cannot write to --out $out"
out=$(cd "$out" && pwd)
rm -f "$out/table.md"

# shellcheck source=lib/neighbour-jars.sh
. "$root/scripts/lib/neighbour-jars.sh"
status=0
mvn -q -B -ntp -f "$root/pom.xml" verify -Dspotless.check.skip -am \
  -pl demo-app/langchain4j-service,demo-app/spring-ai-service,demo-app/e2e \
  -Dtest=none -Dit.test=NeighboursIT -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
  -Dcoldstart.neighbours.names="$only" -Dcoldstart.neighbours.frameworks="$framework" \
  -Dcoldstart.neighbours.out="$out/table.md" -Dcoldstart.jdks="$jdk" > "$out/build.log" 2>&1 || status=1
if [ ! -s "$out/table.md" ]; then
  tail -40 "$out/build.log" >&2
  echo "neighbours.sh: nothing was run to its end, see $out/build.log" >&2
  exit 1
fi
echo "OpenTelemetry $(neighbour_version opentelemetry-javaagent), Elastic APM $(neighbour_version elastic-apm-agent)," \
  "Datadog $(neighbour_version dd-java-agent), JaCoCo $(neighbour_version jacoco)"
cat "$out/table.md"
exit $status
