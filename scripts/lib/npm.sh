# Sourced: packages from npm, in the user's cache. Needs node 20+ and npm. Defines npm_pinned and npm_version.

# npm_pinned NAME FOLDER: installs what the lock file in FOLDER pins into the cache, once, and
# prints where. NAME is the folder's in the cache.
npm_pinned() {
  local name=$1 pinned=$2 lock cache new
  command -v node > /dev/null || { echo "node is missing: install node 20 or later" >&2; return 1; }
  command -v npm > /dev/null || { echo "npm is missing: install it" >&2; return 1; }
  lock=$(sha256sum "$pinned/package-lock.json" | cut -c1-12)
  cache=${COLDSTART_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/coldstart}/$name-$lock
  if [ ! -d "$cache" ]; then
    echo "Installing $name into $cache" >&2
    mkdir -p "$(dirname "$cache")"
    new=$(mktemp -d "$cache.XXXXXX")
    cp "$pinned"/package*.json "$new"
    npm ci --prefix "$new" --ignore-scripts --no-audit --no-fund --silent \
      --fetch-retries=1 --fetch-retry-mintimeout=1000 >&2 \
      || { rm -rf "$new"; echo "npm could not install $name" >&2; return 1; }
    # In one step: another run may do the same.
    mv -T "$new" "$cache" 2> /dev/null || rm -rf "$new"
  fi
  echo "$cache"
}

# npm_version FOLDER PACKAGE: which one is installed there.
npm_version() { node -p "require('$1/node_modules/$2/package.json').version"; }
