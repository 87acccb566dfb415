#!/usr/bin/env bash
# The cold-start gate of a CI job: builds, measures, compares, publishes. Shown on the demo's
# LangChain4j service; for your own, replace what is between the two marks.
# Exit code 0: pass or inconclusive, 3: regression, 1: failure, 2: usage.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: scripts/ci-coldstart.sh [options]
  --base-jar JAR      the service as built from the target branch: both are measured here, in turns
                      (the better way: one machine, one moment)
  --baseline FILE     else: samples stored by an earlier run (default out/ci/baseline.json); stored
                      now when there is none
  --update-baseline   store this run's samples as the baseline unless it is a regression
  --runs N            cold starts of each side (default 10)
  --budgets FILE      default scripts/coldstart-budgets.yaml
  --out DIR           samples, summary.md, junit.xml (default out/ci)
  --slow-tools MS     demonstrates a regression: the tool server is slower for the new build
  --build             build again even when the jars are there
TEXT
}

base_jar= baseline= update= runs=10 budgets= out= slow=0 build=
while [ $# -gt 0 ]; do
  case $1 in
    --base-jar | --baseline | --runs | --budgets | --out | --slow-tools)
      [ $# -gt 1 ] || { echo "ci-coldstart.sh: $1 needs a value" >&2; exit 2; }
      case $1 in
        --base-jar) base_jar=$2 ;; --baseline) baseline=$2 ;; --runs) runs=$2 ;;
        --budgets) budgets=$2 ;; --out) out=$2 ;; --slow-tools) slow=$2 ;;
      esac
      shift 2 ;;
    --update-baseline) update=yes; shift ;;
    --build) build=always; shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; echo "ci-coldstart.sh: unknown option $1" >&2; exit 2 ;;
  esac
done

# shellcheck source=lib/demo-service.sh
. "$(dirname "$0")/lib/demo-service.sh"
[[ $runs =~ ^[1-9][0-9]*$ && $slow =~ ^[0-9]+$ ]] || fail "--runs and --slow-tools take whole numbers" 2
[ -z "$base_jar" ] || [ -f "$base_jar" ] || fail "no such file: --base-jar $base_jar" 2
out=${out:-$root/out/ci}
baseline=${baseline:-$out/baseline.json}
mkdir -p "$out" "$(dirname "$baseline")"

# --- your own service begins here: build it, and say how to start, await and ask it
build_demo "$build"
export TOOL_REGISTRY_MS=500 SLOW_TOOLS_MS=$slow SLOW_VARIANT=new
start_backends --scale 1/60 --tool-registry-ms "$TOOL_REGISTRY_MS"
place new "$(service)"
[ -z "$base_jar" ] || place base "$base_jar"
measure() { measure_demo "$@"; }
# --- and ends here

variants=(--variant new)
[ -z "$base_jar" ] || variants=(--variant base --variant new)
commit=${GITHUB_SHA:-${CI_COMMIT_SHA:-${GIT_COMMIT:-}}}
measure -n "$runs" "${variants[@]}" ${commit:+--commit "$commit"} -o "$out/samples.json"

compare() { # base, new; writes summary.md and junit.xml
  "$java" -jar "$(agent)" compare --budgets "${budgets:-$root/scripts/coldstart-budgets.yaml}" \
    --format text --format "markdown=$out/summary.md" --format "junit=$out/junit.xml" \
    ${GITHUB_ACTIONS:+--format github} "$@"
}
status=0
if [ -n "$base_jar" ]; then
  compare "$out/samples.json#base" "$out/samples.json#new" || status=$?
elif [ -f "$baseline" ]; then
  compare "$baseline" "$out/samples.json" || status=$?
else
  update=yes
  echo "No baseline yet: these samples become it." | tee "$out/summary.md"
fi
if [ "$status" = 0 ] && [ -n "$update" ] && [ -z "$base_jar" ]; then
  cp "$out/samples.json" "$baseline"
  echo "Baseline: $baseline"
fi
if [ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ -f "$out/summary.md" ]; then
  cat "$out/summary.md" >> "$GITHUB_STEP_SUMMARY"
fi
exit "$status"
