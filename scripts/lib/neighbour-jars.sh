# Sourced, with $root set: fetches the other agents that Coldstart is run beside, in the versions that pom.xml pins.
# Defines neighbours (a folder of jars) and neighbour_version.

neighbours=$root/demo-app/e2e/target/neighbours
neighbour_version() { # artifact -> version
  sed -n "s:.*<$1.version>\(.*\)</$1.version>.*:\1:p" "$root/pom.xml"
}
mvn -q -B -ntp -f "$root/demo-app/e2e/pom.xml" dependency:copy@neighbours >&2
