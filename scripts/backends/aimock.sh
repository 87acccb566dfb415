# aimock, a simulator of model providers that others wrote, from npm. What it answers is among the tests' resources.

obtain() {
  installed=$(npm_pinned aimock "$root/scripts/backends/aimock") || return 1
  version=$(npm_version "$installed" @copilotkit/aimock)
}

prepare() {
  command=(node "$installed/node_modules/@copilotkit/aimock/dist/cli.js" -h 127.0.0.1 -p "$port" -c 5
    -f "$root/agent/dist/src/test/resources/aimock" --validate-on-load)
}

ready() { grep -qs 'listening on' "$dir/server.log"; }
