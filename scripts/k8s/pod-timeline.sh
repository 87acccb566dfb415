#!/usr/bin/env bash
# Copies the report of a pod, its status and events, and makes one page of them.
# Usage: scripts/k8s/pod-timeline.sh POD [-n NAMESPACE] [-c CONTAINER] [-o OUT.html]
# Needs kubectl, java 17 or later, and a shell and tar in the container. COLDSTART_DIR must be set in the pod.
set -euo pipefail

usage() { sed -n '2,4s/^# //p' "$0" >&2; exit 2; }
pod=${1:-}; [ -n "$pod" ] && [ "${pod#-}" = "$pod" ] || usage
shift
container='' out=$pod.html namespace=()
while getopts n:c:o: option; do
  case $option in
    n) namespace=(-n "$OPTARG") ;;
    c) container=$OPTARG ;;
    o) out=$OPTARG ;;
    *) usage ;;
  esac
done
jar=${COLDSTART_JAR:-$(dirname "$0")/../../agent/dist/target/coldstart-agent.jar}
[ -f "$jar" ] || { echo "pod-timeline.sh: no $jar: build it, or set COLDSTART_JAR" >&2; exit 1; }
command -v kubectl > /dev/null || { echo "pod-timeline.sh: kubectl is missing" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
kubectl "${namespace[@]}" get pod "$pod" -o json > "$work/pod.json"
kubectl "${namespace[@]}" get events --field-selector "involvedObject.name=$pod" -o json > "$work/events.json"
in_container=(kubectl "${namespace[@]}" exec "$pod" ${container:+-c "$container"} --)
report=$("${in_container[@]}" sh -c 'ls -t "$COLDSTART_DIR"/*.json | head -1')
[ -n "$report" ] || { echo "pod-timeline.sh: no report in the pod's COLDSTART_DIR yet" >&2; exit 1; }
"${in_container[@]}" cat "$report" > "$work/run.json"
java -jar "$jar" report "$work/run.json" --pod "$work/pod.json" --events "$work/events.json" \
  ${container:+--container "$container"} -o "$out"
