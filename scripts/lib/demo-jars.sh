# Sourced, with $root set: builds the agent and the demo where a jar is missing.
if [ -z "$(ls "$root"/agent/dist/target/coldstart-agent.jar "$root"/demo-app/spring-ai-service/target/coldstart-demo-*.jar \
  "$root"/demo-app/langchain4j-service/target/coldstart-demo-*.jar "$root"/demo-app/backends/target/coldstart-demo-*.jar \
  2> /dev/null | sed 's|/target/.*||' | sort -u | awk 'END { if (NR == 4) print "all" }')" ]; then
  echo "Building (the first time Maven also fetches the libraries)..." >&2
  (cd "$root" && mvn -q -DskipTests -Dspotless.check.skip -am package \
    -pl agent/dist,demo-app/backends,demo-app/spring-ai-service,demo-app/langchain4j-service)
fi
