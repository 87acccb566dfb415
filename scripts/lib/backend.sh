# Sourced by backends.sh, with $root and $out set: one server, from obtaining it to its end. What is known of a server
# NAME is in $out/NAME/server.properties, which its tests read too.
#
# backends/NAME.sh is sourced to start it. With $dir its folder and $port free on 127.0.0.1 it defines
#   obtain      installs what it needs, sets version
#   prepare     sets command, an array; leave it empty for what clients start themselves
#   ready       whether it serves
#   facts       more lines of the properties, "key=value"; a folder "scratch" is removed with them
# and may set signal, the one that asks it to end (INT).

seconds_to_start=60 seconds_to_end=5

# The kernel's start time of a process: a pid alone may be another's by now. Nothing for one that has ended.
born() {
  local stat
  { stat=$(< "/proc/$1/stat"); } 2> /dev/null || return 0
  # shellcheck disable=SC2086
  set -- ${stat##*) }
  [ "$1" = Z ] || echo "${20}"
}

# What NAME's properties say of a key.
fact() { sed -n "s/^$2=//p" "$out/$1/server.properties" 2> /dev/null | tail -1; }

alive() {
  local pid
  pid=$(fact "$1" pid)
  [ -n "$pid" ] && [ "$(born "$pid")" = "$(fact "$1" born)" ]
}

# Processes below one, as "pid:born".
below() {
  local parents stat pid known=" $1 " more=yes
  parents=$(for stat in /proc/[0-9]*/stat; do
    { read -r stat < "$stat"; } 2> /dev/null || continue
    pid=${stat%% *}
    # shellcheck disable=SC2086
    set -- ${stat##*) }
    echo "$pid $2 ${20}"
  done)
  while [ -n "$more" ]; do
    more=
    while read -r pid parent born; do
      if [[ $known == *" $parent "* && $known != *" $pid "* ]]; then
        known+="$pid "
        more=yes
        echo "$pid:$born"
      fi
    done <<< "$parents"
  done
}

# Asks NAME to end, then makes it and what it started.
end() {
  local pid ended all process tries=$((seconds_to_end * 20))
  alive "$1" || { forget "$1"; return 0; }
  pid=$(fact "$1" pid)
  all="$pid:$(fact "$1" born) $(below "$pid")"
  kill "-$(fact "$1" signal)" "$pid" 2> /dev/null || true
  while [ "$tries" -gt 0 ]; do
    ended=yes
    for process in $all; do [ "$(born "${process%:*}")" != "${process#*:}" ] || ended=; done
    [ -z "$ended" ] || break
    tries=$((tries - 1))
    sleep 0.05
  done
  if [ -z "$ended" ]; then
    for process in $all $(below "$pid"); do
      [ "$(born "${process%:*}")" != "${process#*:}" ] || kill -KILL "${process%:*}" 2> /dev/null || true
    done
  fi
  forget "$1"
}

forget() {
  local scratch
  scratch=$(fact "$1" scratch)
  rm -rf "$out/$1/data" "$out/$1/server.properties" ${scratch:+"$scratch"}
}

connects() { (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }

# One that nobody listens on and that the kernel gives to no client.
free_port() {
  local candidate
  for _ in 1 2 3 4 5 6 7 8 9; do
    candidate=$((15000 + (RANDOM * 32768 + RANDOM) % 15000))
    connects "$candidate" || { echo "$candidate"; return; }
  done
  echo "no free port was found" >&2
  return 1
}

# With NAME's functions: obtains it, then does the rest of its arguments. The last line of install.log says why not.
with_obtained() (
  name=$1 dir=$out/$1 command=() signal=INT version=
  password=$(od -An -N12 -tx1 /dev/urandom | tr -d ' \n')
  shift
  mkdir -p "$dir"
  rm -f "$dir"/*.log "$dir/server.properties"
  facts() { :; }
  # shellcheck disable=SC1090
  . "$root/scripts/backends/$name.sh"
  if [ "$(uname -sm)" != "Linux x86_64" ]; then
    echo "only Linux on x86-64 is supported, not $(uname -sm)" > "$dir/install.log"
  elif obtain 2> "$dir/install.log"; then
    ! "$@" || return 0
  fi
  echo "missing=$(grep -v '^ *$' "$dir/install.log" | tail -1)" > "$dir/server.properties"
  return 1
)

install() { with_obtained "$1" say_obtained; }

say_obtained() { echo "$name $version"; }

start() { with_obtained "$1" launch_patiently; }

# Another process may take the port before the server has it.
launch_patiently() {
  for _ in 1 2 3; do
    ! launch || return 0
    end "$name"
  done
  return 1
}

# Starts the server once; false when it does not get ready.
launch() {
  rm -rf "$dir/data"
  mkdir "$dir/data"
  port=$(free_port) && prepare >> "$dir/install.log" 2>&1 || return 1
  printf '%s\n' "name=$name" "version=$version" "signal=$signal" > "$dir/server.properties"
  facts >> "$dir/server.properties"
  [ ${#command[@]} -gt 0 ] || return 0
  # Known before it runs. In a session of its own, so that a terminal's ^C is not for it; without backends.sh's files.
  (
    self=$BASHPID
    printf '%s\n' "port=$port" "pid=$self" "born=$(born "$self")" >> "$dir/server.properties"
    exec env --default-signal=INT setsid "${command[@]}" > "$dir/server.log" 2>&1 < /dev/null 8>&- 9>&-
  ) &
  local tries
  for ((tries = seconds_to_start * 20; tries > 0; tries--)); do
    sleep 0.05
    ! ready || return 0
    [ "$(born $!)" ] || { echo "it ended before it was ready: $(tail -1 "$dir/server.log")" >> "$dir/install.log"; return 1; }
  done
  echo "it was not ready after $seconds_to_start s" >> "$dir/install.log"
  return 1
}
