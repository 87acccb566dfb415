#!/usr/bin/env bash
# Real servers for the tests and the demo, on 127.0.0.1. What they need is fetched into the user's cache, once and
# pinned; nothing is installed. Needs bash and coreutils of a Linux on x86-64; the servers need besides:
#   chroma, aimock, mcp          node 20+ and npm
#   postgres                     Maven 3.8+, Debian's apt-get and dpkg, openssl
#   redis, mariadb               Debian's apt-get and dpkg, openssl
#   chroma                       apt-get and dpkg too where the glibc is older than 2.39
set -euo pipefail

servers_known=(chroma postgres mariadb redis mcp aimock)

usage() {
  cat <<TEXT
usage: scripts/backends.sh [--dir DIR] COMMAND [NAME...]
  install            fetches what they need
  start              starts them; all, or none and exit code 1
  status             a line for each: version, port, pid, ready or why not; exit code 1 unless all are ready
  stop               ends them, by SIGINT, after a while by SIGKILL
  run [NAME...] -- COMMAND...
                     starts those that can be had, runs the command, stops them however it ends; exit code of the
                     command. Tests of the others are skipped and say why.
  --dir DIR          their data, logs and server.properties (default out/backends)
  NAME               ${servers_known[*]} (default all)
TEXT
}

fail() { echo "backends.sh: $1" >&2; exit "${2:-1}"; }
root=$(cd "$(dirname "$0")/.." && pwd)
out=$root/out/backends
if [ "${1:-}" = --dir ]; then
  [ $# -gt 1 ] || { usage >&2; fail "--dir needs a value" 2; }
  out=$2
  shift 2
fi
action=${1:-}
case $action in
  install | start | status | stop | run | watch) shift ;;
  -h | --help) usage; exit 0 ;;
  *) usage >&2; exit 2 ;;
esac
names=() client=()
while [ $# -gt 0 ]; do
  if [ "$1" = -- ]; then shift; client=("$@"); break; fi
  [[ " ${servers_known[*]} " == *" $1 "* ]] || { usage >&2; fail "no server is called $1" 2; }
  names+=("$1")
  shift
done
[ ${#names[@]} -gt 0 ] || names=("${servers_known[@]}")
[ "$action" != run ] || [ ${#client[@]} -gt 0 ] || { usage >&2; fail "run needs -- and a command" 2; }
[ "$action" = run ] || [ ${#client[@]} = 0 ] || { usage >&2; fail "only run takes a command" 2; }
mkdir -p "$out" || fail "cannot write to $out"
out=$(cd "$out" && pwd)
tls=$out/tls user=shop

# shellcheck source=lib/npm.sh
. "$root/scripts/lib/npm.sh"
# shellcheck source=lib/trixie.sh
. "$root/scripts/lib/trixie.sh"
# shellcheck source=lib/certificates.sh
. "$root/scripts/lib/certificates.sh"
# shellcheck source=lib/backend.sh
. "$root/scripts/lib/backend.sh"

# One of us at a time in a folder.
locked() {
  command -v flock > /dev/null || fail "flock is missing, of the package util-linux"
  exec 9> "$out/lock"
  flock 9
}
unlocked() { exec 9>&-; }

begun=() workers=()

# Does it with all that did not run, side by side; false when it does not work out with one.
with_each() {
  local name result=0
  for name in ${begun[@]+"${begun[@]}"}; do
    # A process group of its own, so that what it runs can be ended with it.
    set -m
    { "$1" "$name" || exit 1; } < /dev/null &
    set +m
    workers+=($!)
  done
  for name in ${workers[@]+"${workers[@]}"}; do wait "$name" || result=1; done
  workers=()
  return "$result"
}

end_all() {
  local name pids=()
  for name in "$@"; do
    end "$name" &
    pids+=($!)
  done
  for name in ${pids[@]+"${pids[@]}"}; do wait "$name"; done
}

# Asks a process group to end, then makes what is left of it, after 10 s or when its first process has ended.
end_group() {
  local tries
  kill -TERM -- "-$1" 2> /dev/null || return 0
  for ((tries = 200; tries > 0; tries--)); do
    [ -n "$(born "$1")" ] || break
    sleep 0.05
  done
  kill -KILL -- "-$1" 2> /dev/null || true
}

# However we end: nothing of what we started is left, unless it was meant to be.
finish() {
  local status=$? worker
  trap '' INT TERM HUP
  trap - EXIT
  set +e
  [ -z "$client_pid" ] || end_group "$client_pid"
  for worker in ${workers[@]+"${workers[@]}"}; do end_group "$worker"; done
  [ -n "$keep" ] || end_all ${begun[@]+"${begun[@]}"}
  { echo done >&8; } 2> /dev/null
  exit "$status"
}

status_of() {
  local name=$1 version port pid state=ready
  version=$(fact "$name" version) port=$(fact "$name" port) pid=$(fact "$name" pid)
  if [ ! -f "$out/$name/server.properties" ]; then
    state="not started"
  elif [ -z "$version" ]; then
    state="missing: $(fact "$name" missing)"
  elif [ -n "$pid" ] && ! alive "$name"; then
    state="not running" port= pid=
  elif [ -n "$pid" ] && ! connects "$port"; then
    state="does not accept connections"
  fi
  [ -n "$pid$version" ] || version=
  printf '%-9s %-30s %-16s %-12s %s\n' "$name" "${version:--}" "${port:+127.0.0.1:$port}" "${pid:+pid $pid}" "$state"
  [ "$state" = ready ]
}

status_all() {
  local name result=0
  for name in "${names[@]}"; do status_of "$name" || result=1; done
  return "$result"
}

# Of a run, which may be killed: tells its client's pid, and "done", or just ends.
watch() {
  local line client_pid=
  while read -r line; do
    [ "$line" != done ] || return 0
    client_pid=$line
  done
  [ -z "$client_pid" ] || end_group "$client_pid"
  locked
  end_all "${names[@]}"
}

keep= client_pid=
case $action in
  install | start | run)
    for name in "${names[@]}"; do alive "$name" || begun+=("$name"); done
    if [ "$action" = run ] && [ ${#begun[@]} -gt 0 ]; then
      exec 8> >(exec setsid "$root/scripts/backends.sh" --dir "$out" watch "${begun[@]}")
    fi
    trap finish EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    ;;
esac
case $action in
  status) status_all ;;
  stop) locked; end_all "${names[@]}"; status_all || true ;;
  install) locked; certificates || true; with_each install || { status_all; exit 1; } ;;
  start)
    locked
    certificates || true
    with_each start || { status_all; echo "backends.sh: not all could be started, so none is left running" >&2; exit 1; }
    keep=yes
    status_all
    ;;
  run)
    locked
    certificates || true
    with_each start || true
    status_all || true
    unlocked
    set -m
    "${client[@]}" 8>&- <&0 &
    client_pid=$!
    set +m
    { echo "$client_pid" >&8; } 2> /dev/null || true
    wait "$client_pid" && status=0 || status=$?
    client_pid=
    exit "$status"
    ;;
  watch) watch ;;
esac
