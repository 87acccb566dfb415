package dev.coldstart.library;

import dev.coldstart.phase.Connect;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.store.SchemaSteps;
import dev.coldstart.weave.store.VectorStore;
import java.util.ArrayList;
import java.util.List;

/**
 * The MariaDB driver, connecting and creating, and the stores of LangChain4j and Spring AI over it.
 * Both create their table as they are made, LangChain4j in the constructor, Spring AI in {@code
 * afterPropertiesSet}. The JDK tells connecting and TLS inside the driver.
 */
public final class MariaDb implements Library {
  private static final VectorStore STORE = new VectorStore("mariadb");
  private static final String DRIVER = "org.mariadb.jdbc.";
  private static final String CLIENT = DRIVER + "client.impl.StandardClient";
  private static final String LANGCHAIN4J =
      "dev.langchain4j.store.embedding.mariadb.MariaDbEmbeddingStore";
  private static final String SPRING = "org.springframework.ai.vectorstore.mariadb.MariaDB";

  @Override
  public String name() {
    return "mariadb";
  }

  @Override
  public String testedVersions() {
    return "driver 3.5.1, 3.5.7, langchain4j-mariadb 1.13.0-beta23, spring-ai-mariadb-store 1.1.3";
  }

  @Override
  public List<Probe> probes() {
    Phase phase = Phase.DB_CONNECT;
    List<Probe> probes = new ArrayList<>(SchemaSteps.in(DRIVER + "Statement", "executeInternal"));
    probes.add(STORE.connect(LANGCHAIN4J, "<init>"));
    probes.add(STORE.query("search", LANGCHAIN4J, "search"));
    probes.add(STORE.query("add", LANGCHAIN4J, "addAllInternal"));
    probes.addAll(STORE.springAi(SPRING + "VectorStore"));
    probes.add(STORE.step("schema", SPRING + "SchemaValidator", "validateTableSchema"));
    probes.add(Probe.time(phase, "mariadb driver connect", CLIENT, "<init>"));
    probes.add(Probe.connect(Connect.AUTH, CLIENT, "authenticationHandler"));
    probes.add(Probe.time(phase, "initial queries", CLIENT, "postConnectionQueries"));
    return probes;
  }
}
