# Sourced, with $root set: builds the agent and the demo where a jar is missing or older than its sources.

# current MODULE JAR SOURCES...: whether the module's jar is there and not older than the sources.
current() {
  local module=$1 name=$2 jar
  shift 2
  jar=$(ls "$root/$module"/target/$name.jar 2> /dev/null | grep -v -e sources -e original -e tests | head -1)
  [ -n "$jar" ] && [ -z "$(cd "$root" && find "$@" -name '*.java' -newer "$jar" -print -quit)" ]
}

if ! current agent/dist coldstart-agent agent/bootstrap/src/main agent/core/src/main \
  || ! current demo-app/backends 'coldstart-demo-backends-*' demo-app/backends/src/main \
  || ! current demo-app/spring-ai-service 'coldstart-demo-spring-ai-*' demo-app/spring-ai-service/src/main \
  || ! current demo-app/langchain4j-service 'coldstart-demo-langchain4j-*' demo-app/langchain4j-service/src/main; then
  echo "Building (the first time Maven also fetches the libraries)..." >&2
  (cd "$root" && mvn -q -DskipTests -Dspotless.check.skip -am package \
    -pl agent/dist,demo-app/backends,demo-app/spring-ai-service,demo-app/langchain4j-service)
fi
