#!/usr/bin/env bash
# Is the gate to be believed? Measures real cold starts of the demo once, then asks on those runs:
# how often does "compare" call a regression when nothing changed, and how often does it find a tool
# registry that is 10 % slower? Exit code 1 when there are too many false alarms or misses.
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: scripts/gate-power.sh [options]
  --starts N   cold starts of each variant (default 40, about 6 minutes)
  --runs N     runs of each side in a comparison (default 20), at most half of the starts
  --times N    comparisons of each kind (default 200)
  --fresh      measure again; else the runs in target/gate-power/ are used
TEXT
}

starts=40 runs=20 times=200 fresh=
while [ $# -gt 0 ]; do
  case $1 in
    --starts | --runs | --times)
      [ $# -gt 1 ] && [[ $2 =~ ^[1-9][0-9]*$ ]] \
        || { echo "gate-power.sh: $1 needs a whole number" >&2; exit 2; }
      declare "${1#--}=$2"; shift 2 ;;
    --fresh) fresh=yes; shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; echo "gate-power.sh: unknown option $1" >&2; exit 2 ;;
  esac
done

# shellcheck source=lib/demo-service.sh
. "$(dirname "$0")/lib/demo-service.sh"
dir=$root/target/gate-power
[ -z "$fresh" ] || rm -rf "$dir"
mkdir -p "$dir"
build_demo
tool() { "$java" -jar "$(agent)" "$@"; }
median() { # samples#variant, metric, in ms
  tool compare "$1" "$1" --format bencher \
    | sed -n "/\"$2\"/,/}/s/.*\"value\": \([0-9]*\).*/\1/p" | awk '{ printf "%d", $1 / 1000000 }'
}

samples=$dir/samples-$starts.json

# Few warm requests: the gate looks at the first one.
if [ ! -f "$samples" ]; then
  export TOOL_REGISTRY_MS=900 SLOW_VARIANT=slow SLOW_TOOLS_MS=0
  start_backends --scale 1/100 --tool-registry-ms "$TOOL_REGISTRY_MS"
  place base "$(service)"
  place slow "$(service)"
  measure_demo -q -n 5 --warm 1 --variant base -o "$dir/pilot.json"
  registry=$(median "$dir/pilot.json" cold.tool_registry)
  SLOW_TOOLS_MS=$(((registry + 5) / 10))
  echo "Tool registry: $registry ms in 5 starts; the slow variant's tool server takes $SLOW_TOOLS_MS ms more."
  measure_demo -q -n "$starts" --warm 1 --variant base --variant slow -o "$dir/measuring.json"
  mv "$dir/measuring.json" "$samples"
fi

gate=(--fail-above 'cold.*=10%,100ms' --fail-above 'cold.tool_registry=5%,20ms')
echo "Gate: ${gate[*]}"
echo "Runs: $starts cold starts of each variant, in turns ($samples)"
tool compare "$samples#base" "$samples#slow" "${gate[@]}" | grep -E '^  (metric|cold.tool_registry|cold.wall) ' || true
tool power "$samples#base" "$samples#slow" "${gate[@]}" --metric cold.tool_registry \
  --runs "$runs" --times "$times" || fail "the gate missed its mark: see above"
