# Sourced: unpacks Debian packages into a folder of the user's cache; nothing is installed.
# Needs apt-get, dpkg and flock, and a Debian mirror in the apt configuration. Defines unpacked and unpacked_together.

# unpacked PACKAGE VERSION-PREFIX [RELEASE]: prints the folder. RELEASE: another one than this system's, read
# with a private apt configuration from the same mirror.
unpacked() {
  local release=${3:-}
  [ -n "$release" ] || release=$(. /etc/os-release && echo "$VERSION_CODENAME")
  unpacked_together "$1-$2" "$release" "$1=$2"
}

# unpacked_together NAME RELEASE PACKAGE[=VERSION-PREFIX]...: the same for packages that need each other. The file
# VERSIONS in the folder has a line "PACKAGE VERSION" for each.
unpacked_together() {
  local name=$1 release=$2
  shift 2
  local dir=${COLDSTART_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/coldstart}/debian tool
  for tool in apt-get dpkg-deb flock; do
    command -v "$tool" > /dev/null || { echo "$tool is missing, it fetches Debian's packages" >&2; return 1; }
  done
  dir=$dir/$name-$(echo "$release $*" | sha256sum | cut -c1-8)
  mkdir -p "$dir"
  # One at a time: another run may want the same.
  (
    flock 9
    [ -d "$dir/root" ] || fetched "$dir" "$release" "$@"
  ) 9> "$dir/lock" || return 1
  echo "$dir/root"
}

# fetched FOLDER RELEASE PACKAGE[=VERSION-PREFIX]...: fills FOLDER/root.
fetched() (
  dir=$1 release=$2
  shift 2
  mirror=$( (cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2> /dev/null || true) \
    | grep -oE 'https?://[^ ]+/debian/?( |$)' | head -1 | tr -d ' ')
  [ -n "$mirror" ] || { echo "no Debian mirror in the apt configuration to fetch ${1%%=*} from" >&2; return 1; }
  cd "$dir"
  rm -rf part debs apt
  mkdir -p part debs apt/lists/partial apt/cache/archives/partial
  : > apt/status
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $release main" > apt/sources.list
  options=(-qq -o "Dir::Etc::sourcelist=$dir/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o "Dir::State::lists=$dir/apt/lists" -o "Dir::Cache=$dir/apt/cache" -o "Dir::State::status=$dir/apt/status"
    -o APT::Sandbox::User=root -o Acquire::Retries=2)
  { apt-get "${options[@]}" update && cd debs && apt-get "${options[@]}" download "${@%%=*}"; } >&2 \
    || { echo "apt-get could not fetch ${*: -1:1} of Debian $release" >&2; return 1; }
  for wanted in "$@"; do
    prefix= package=${wanted%%=*}
    [ "$wanted" = "$package" ] || prefix=${wanted#*=}
    deb=$(ls "${package}"_*.deb)
    # Without its epoch, which is in no name that people use.
    version=$(dpkg-deb -f "$deb" Version | sed 's/^[0-9]*://')
    [[ $version == "$prefix"* ]] || { echo "$package is $version in $release, not $prefix" >&2; return 1; }
    dpkg-deb -x "$deb" ../part || return 1
    echo "$package $version" >> ../part/VERSIONS
    [ -z "$prefix" ] || echo "Unpacked $package $version into $dir/root" >&2
  done
  cd .. && rm -rf debs apt && mv part root
)
