# Sourced, with $root set: single jars that a script needs besides the build's. Defines maven_jar.

# maven_jar GROUP:ARTIFACT:VERSION[:PACKAGING:CLASSIFIER]: prints where the jar is, in the user's cache.
maven_jar() {
  local dir=${COLDSTART_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/coldstart}/jars file
  file=$dir/$(echo "$1" | awk -F: '{ print $2 "-" $3 ($5 ? "-" $5 : "") ".jar" }')
  [ -f "$file" ] || mvn -q -B -ntp -N -f "$root/pom.xml" dependency:copy "-Dartifact=$1" "-DoutputDirectory=$dir" >&2 \
    || { echo "Maven could not fetch $1" >&2; return 1; }
  echo "$file"
}
