#!/usr/bin/env bash
# Installs (pinned by its lock file, once) and runs aimock, a simulator of model providers that others
# wrote, on a free port of 127.0.0.1. Says where it listens and stays in the foreground.
# Needs node 20+ and npm.
set -euo pipefail

fixtures=${1:?usage: scripts/aimock.sh FIXTURES (what it answers: a JSON file or a folder of them)}
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=scripts/lib/npm.sh
. "$here/lib/npm.sh"
installed=$(npm_pinned aimock "$here/aimock") || { echo "aimock.sh: not started" >&2; exit 1; }
exec node "$installed/node_modules/@copilotkit/aimock/dist/cli.js" \
  -h 127.0.0.1 -p 0 -c 5 -f "$fixtures" --validate-on-load
