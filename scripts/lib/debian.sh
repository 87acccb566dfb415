# Sourced: unpacks single Debian packages into a folder of the user's cache; nothing is installed.
# Needs apt-get and dpkg. Defines unpacked.

# unpacked PACKAGE VERSION-PREFIX [RELEASE]: prints the folder. RELEASE: another one than this system's, read
# with a private apt configuration from the same mirror.
unpacked() {
  local package=$1 version=$2 release=${3:-}
  local dir=${COLDSTART_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/coldstart}/debian/$package-$version
  if [ ! -d "$dir/root" ]; then
    mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial"
    : > "$dir/status"
    local mirror suite options
    mirror=$( (cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2> /dev/null || true) \
      | grep -oE 'https?://[^ ]+/debian/?( |$)' | head -1 | tr -d ' ')
    suite=${release:-$(. /etc/os-release && echo "$VERSION_CODENAME")}
    [ -n "$mirror" ] || { echo "no Debian mirror in the apt configuration to fetch $package from" >&2; return 1; }
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" > "$dir/sources.list"
    options=(-o "Dir::Etc::sourcelist=$dir/sources.list" -o Dir::Etc::sourceparts=/dev/null
      -o "Dir::State::lists=$dir/lists" -o "Dir::Cache=$dir/cache" -o "Dir::State::status=$dir/status"
      -o APT::Sandbox::User=root)
    (cd "$dir" && apt-get -qq "${options[@]}" update && apt-get -qq "${options[@]}" download "$package") >&2 || return 1
    local deb
    deb=$(ls "$dir/${package}_$version"*.deb 2> /dev/null | head -1)
    [ -n "$deb" ] || { echo "$package is not $version in $suite: $(ls "$dir"/*.deb)" >&2; return 1; }
    echo "Unpacking $(basename "$deb") into $dir/root" >&2
    dpkg -x "$deb" "$dir/part" && mv "$dir/part" "$dir/root" || return 1
  fi
  echo "$dir/root"
}
