#!/usr/bin/env bash
# Shows Coldstart on two agent services: first request, 20 warm ones, and where the time went.
# Needs a JDK 17+ and Maven 3.8+. --real also needs node and npm (see scripts/backends.sh).
set -euo pipefail

usage() {
  cat <<'TEXT'
usage: scripts/demo.sh [options]
  --scale N           scale of the 90-second story, a number or a fraction (default 1/30; 1 is all of it)
  --framework NAME    spring-ai, langchain4j or both (default both)
  --warm N            warm requests after the first (default 20)
  --idle              after the warm requests nobody asks for a while; what expires is named
  --concurrent N      so many first requests at once; one works, the others wait for it
  --real              a real Chroma server instead of the stand-in
  --out DIR           where reports go: DIR/<framework>/ (default out/demo)
  --early-headers     the model sends its headers before its first token
  --build             build again even when the jars are there
TEXT
}

scale=1/30 framework=both warm=20 real= out= early= build= idle= concurrent=1
fail() { echo "demo.sh: $1" >&2; exit 2; }
while [ $# -gt 0 ]; do
  case $1 in
    --scale | --framework | --warm | --concurrent | --out)
      [ $# -gt 1 ] || fail "$1 needs a value"
      declare "${1#--}=$2"; shift 2 ;;
    --idle) idle=yes; shift ;;
    --real) real=yes; shift ;;
    --early-headers) early=--early-headers; shift ;;
    --build) build=yes; shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; fail "unknown option $1" ;;
  esac
done
case $framework in
  both) frameworks="spring-ai langchain4j" ;;
  spring-ai | langchain4j) frameworks=$framework ;;
  *) fail "--framework must be spring-ai, langchain4j or both, not $framework" ;;
esac
[[ $warm =~ ^[0-9]+$ ]] || fail "--warm must be a whole number, not $warm"
[[ $concurrent =~ ^[1-9][0-9]?$ ]] || fail "--concurrent must be from 1 to 99, not $concurrent"
[ -z "$idle$real" ] || [ "$concurrent" = 1 ] || fail "--concurrent goes with neither --idle nor --real"
[ -z "$idle" ] || [ -z "$real" ] || fail "--idle needs the stand-in's connections, not --real"

# What is true of a quiet night, in seconds: connections are closed before tool lists and prompt
# caches expire. The longest delay between two uses of a connection must be below idle_s.
idle_s=4 ttl_s=5 pause_s=8
expiring=()
if [ -n "$idle" ]; then
  expiring=(--idle-s "$idle_s" --slow-connections -1 --cache-ttl-s "$ttl_s" --tool-list-ttl-s "$ttl_s")
fi

root=$(cd "$(dirname "$0")/.." && pwd)
out=${out:-$root/out/demo}
mkdir -p "$out" || fail "cannot write to --out $out"
out=$(cd "$out" && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
pids=()

# Every process was started by us and is stopped by its pid: asked first, then made to.
stop() {
  local pid=$1 signal=${2:-TERM}
  kill -"$signal" "$pid" 2>/dev/null || return 0
  for _ in $(seq 50); do
    kill -0 "$pid" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL "$pid" 2>/dev/null || true
}
cleanup() {
  local status=$?
  trap - EXIT INT TERM
  for ((i = ${#pids[@]} - 1; i >= 0; i--)); do stop "${pids[i]}"; done
  [ -z "$real" ] || "$root/scripts/backends.sh" --dir "$work/servers" stop chroma > /dev/null
  rm -rf "$work"
  exit "$status"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

wait_for() { # what, file that appears non-empty or pattern in it, pid
  for _ in $(seq 600); do
    if [ -s "$2" ] && grep -q "$3" "$2"; then return 0; fi
    kill -0 "$4" 2>/dev/null || { cat "$work"/*.err >&2; fail "$1 ended before it was ready"; }
    sleep 0.1
  done
  fail "$1 was not ready after 60 s"
}

jar() { ls "$root/$1"/target/$2.jar 2>/dev/null | grep -v -e sources -e original | head -1; }
missing() { [ -z "$1" ] || [ -n "$(find "$root/$2" -name '*.java' -newer "$1" -print -quit)" ]; }
if [ -n "$build" ] || missing "$(jar agent/dist coldstart-agent)" agent/core/src/main \
  || missing "$(jar agent/dist coldstart-agent)" agent/bootstrap/src/main \
  || missing "$(jar demo-app/backends 'coldstart-demo-backends-*')" demo-app/backends/src/main \
  || missing "$(jar demo-app/spring-ai-service 'coldstart-demo-spring-ai-*')" demo-app/spring-ai-service \
  || missing "$(jar demo-app/langchain4j-service 'coldstart-demo-langchain4j-*')" demo-app/langchain4j-service; then
  echo "Building (the first time Maven also fetches the libraries)..."
  (cd "$root" && mvn -q -DskipTests -Dspotless.check.skip -am package \
    -pl agent/dist,demo-app/backends,demo-app/spring-ai-service,demo-app/langchain4j-service) \
    || fail "the build failed"
fi
agent=$(jar agent/dist coldstart-agent)
backends=$(jar demo-app/backends 'coldstart-demo-backends-*')

chroma=()
if [ -n "$real" ]; then
  "$root/scripts/backends.sh" --dir "$work/servers" start chroma || fail "run the demo without --real"
  chroma=(--chroma-url "http://127.0.0.1:$(sed -n 's/^port=//p' "$work/servers/chroma/server.properties")")
fi

demo() {
  local name=$1 dir=$out/$1 status=0
  rm -rf "$dir" && mkdir -p "$dir"
  echo
  echo "== $name: stand-ins for the model, the tool servers$([ -n "$real" ] || echo ', the vector store') and the schema host, delays at scale $scale"
  "$java" -jar "$backends" --scale "$scale" $early ${chroma[@]+"${chroma[@]}"} \
    ${expiring[@]+"${expiring[@]}"} \
    --ledger "$dir/ledger.jsonl" --env-file "$work/$name.env" \
    > "$work/$name.backends.out" 2> "$work/$name.backends.err" &
  local backends_pid=$!
  pids+=("$backends_pid")
  wait_for "the stand-ins" "$work/$name.backends.out" '^READY' "$backends_pid"
  # shellcheck disable=SC1090
  (
    . "$work/$name.env"
    [ -z "$idle" ] || export TOOL_LIST_TTL_S=$ttl_s
    exec "$java" "-javaagent:$agent=service=$name,dir=$dir,warm=$warm${idle:+,idle=${ttl_s}s}" \
      -jar "$(jar "demo-app/$name-service" "coldstart-demo-$name-*")"
  ) > "$work/$name.out" 2> "$work/$name.err" &
  local service_pid=$!
  pids+=("$service_pid")
  wait_for "the service" "$work/$name.out" 'listening on' "$service_pid"
  local url
  url=http://$(grep -m1 -o '127\.0\.0\.1:[0-9]*' "$work/$name.out")
  "$java" -cp "$backends" dev.coldstart.demo.backends.Visitor "$url" --warm "$warm" \
    --concurrent "$concurrent" ${idle:+--pause-s "$pause_s"} --out "$dir/visitor.jsonl" || status=1
  stop "$service_pid"
  cat "$work/$name.err"
  stop "$backends_pid"
  local report
  report=$(ls "$dir"/*.json 2>/dev/null | head -1)
  [ -n "$report" ] || { echo "demo.sh: no report in $dir" >&2; return 1; }
  if [ "$concurrent" != 1 ]; then
    "$java" -cp "$backends" dev.coldstart.demo.backends.KindCheck --report "$report" \
      --ledger "$dir/ledger.jsonl" --waited $((concurrent - 1)) || status=1
  elif [ -z "$real" ]; then
    "$java" -cp "$backends" dev.coldstart.demo.backends.LedgerCheck --report "$report" \
      --ledger "$dir/ledger.jsonl" --visitor "$dir/visitor.jsonl" || status=1
  fi
  if [ -n "$idle" ]; then
    "$java" -cp "$backends" dev.coldstart.demo.backends.KindCheck --report "$report" \
      --ledger "$dir/ledger.jsonl" --recold-after-s "$pause_s" || status=1
  fi
  echo "Written to $dir:"
  ls "$dir" | sed 's/^/  /'
  return "$status"
}

result=0
for name in $frameworks; do demo "$name" || result=1; done
exit "$result"
