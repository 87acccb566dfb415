#!/usr/bin/env bash
# Before each cold start of the demo: its stand-ins are cold as well, and the orders tool server is
# slower by SLOW_TOOLS_MS for the variant SLOW_VARIANT. Needs nothing but bash.
set -euo pipefail

post() { # path, body
  local address=${DEMO_ADMIN_URL#http://} status
  exec 3<> "/dev/tcp/${address%:*}/${address#*:}"
  printf 'POST %s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s' \
    "$1" "$address" "${#2}" "$2" >&3
  read -r status <&3
  exec 3>&-
  [[ $status == *" 200"* ]] || { echo "POST $1: $status" >&2; exit 1; }
}

post /reset ''
# The stand-ins split the tool registry's delay 2:1; only the larger part can change while they run.
if [ "${COLDSTART_VARIANT:-}" = "${SLOW_VARIANT:-}" ]; then slower=${SLOW_TOOLS_MS:-0}; else slower=0; fi
post /delays "{\"tool_registry_ms\": $((TOOL_REGISTRY_MS + slower * 3 / 2))}"
