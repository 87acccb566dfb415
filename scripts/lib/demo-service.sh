# Sourced: the demo's LangChain4j service and its stand-ins, for scripts that measure them.
# Defines build_demo, start_backends, place, measure_demo, agent, service. Needs bash.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
backends_pid=

fail() { echo "$(basename "$0"): $1" >&2; exit "${2:-1}"; }

# The one process started here is stopped by its pid: asked first, then made to.
cleanup() {
  local status=$?
  trap - EXIT INT TERM
  if [ -n "$backends_pid" ] && kill -TERM "$backends_pid" 2>/dev/null; then
    for _ in $(seq 50); do
      kill -0 "$backends_pid" 2>/dev/null || break
      sleep 0.1
    done
    kill -KILL "$backends_pid" 2>/dev/null || true
  fi
  rm -rf "$work"
  exit "$status"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

jar() { ls "$root/$1"/target/$2.jar 2>/dev/null | grep -v -e sources -e original -e tests | head -1; }
agent() { jar agent/dist coldstart-agent; }
service() { jar demo-app/langchain4j-service 'coldstart-demo-langchain4j-*'; }

# build_demo [always]: the jars, if they are missing or told so.
build_demo() {
  if [ "${1:-}" = always ] || [ -z "$(agent)" ] || [ -z "$(service)" ] \
    || [ -z "$(jar demo-app/backends 'coldstart-demo-backends-*')" ]; then
    echo "Building (the first time Maven also fetches the libraries)..." >&2
    (cd "$root" && mvn -q -DskipTests -Dspotless.check.skip -am package \
      -pl agent/dist,demo-app/backends,demo-app/langchain4j-service) || fail "the build failed"
  fi
}

# start_backends OPTION...: the stand-ins; what the service needs to know is exported.
start_backends() {
  "$java" -jar "$(jar demo-app/backends 'coldstart-demo-backends-*')" "$@" \
    --env-file "$work/env" > "$work/backends.out" 2> "$work/backends.err" &
  backends_pid=$!
  for _ in $(seq 600); do
    if grep -qs '^READY' "$work/backends.out"; then
      # shellcheck disable=SC1091
      . "$work/env"
      return
    fi
    kill -0 "$backends_pid" 2>/dev/null || break
    sleep 0.1
  done
  cat "$work/backends.err" >&2
  fail "the stand-ins did not start"
}

# place VARIANT JAR: what measure_demo starts for a variant; the service has its libraries beside it.
place() {
  mkdir -p "$work/$1"
  cp "$2" "$work/$1/service.jar"
  ln -s "$(cd "$(dirname "$2")" && pwd)/lib" "$work/$1/lib"
}

# measure_demo MEASURE-OPTION...: cold starts of the variants that were placed.
measure_demo() {
  "$java" -jar "$(agent)" measure \
    --ready 'listening on 127\.0\.0\.1:(?<port>[0-9]+)' \
    --requests "$root/scripts/lib/demo-requests.yaml" \
    --prepare "bash '$root/scripts/lib/demo-reset.sh'" \
    "$@" -- "$java" -jar "$work/{variant}/service.jar"
}
