#!/usr/bin/env bash
# Checks the manifests of this folder against the models of the Kubernetes API. Needs node 20 and npm.
set -euo pipefail
models=4.5.1 yaml=2.8.1
cache=${COLDSTART_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/coldstart}/kubernetes-models-$models
fail() { echo "check.sh: $1" >&2; exit 1; }
command -v npm > /dev/null || fail "npm is missing: install node 20 or later"
if [ ! -d "$cache/node_modules/kubernetes-models" ]; then
  mkdir -p "$cache"
  npm install --prefix "$cache" --no-audit --no-fund --silent "kubernetes-models@$models" "yaml@$yaml" >&2 \
    || fail "npm could not install kubernetes-models $models"
fi
exec node "$(dirname "$0")/check.mjs" "$cache"
