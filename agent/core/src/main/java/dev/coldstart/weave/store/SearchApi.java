package dev.coldstart.weave.store;

import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients of search servers with Elasticsearch's HTTP API, which have one method for everything:
 * what a call is for is told by the class of its first argument ({@code CreateIndexRequest}), or by
 * method and path where that is a request of the low-level client.
 */
public final class SearchApi {
  /** Request, endpoint, options. */
  private static final int PARAMETERS = 3;

  private static final String LOW_LEVEL = "http ";

  private enum Kind {
    VERSION("version", Phase.VECTOR_STORE_CONNECT),
    INDEX("index", Phase.VECTOR_STORE_CONNECT),
    CREATE_INDEX("create index", Phase.VECTOR_STORE_CONNECT),
    QUERY("query", Phase.VECTOR_STORE_QUERY),
    WRITE("write", Phase.VECTOR_STORE_QUERY),
    OTHER("request", Phase.VECTOR_STORE_QUERY);

    private final String what;
    private final Phase phase;

    Kind(String what, Phase phase) {
      this.what = what;
      this.phase = phase;
    }
  }

  private final VectorStore store;

  /** The clients of a store. */
  public SearchApi(VectorStore store) {
    this.store = store;
  }

  /** Clients that know what they ask: "acme query". */
  public List<Probe> client(String... types) {
    List<Probe> probes = async(types);
    for (Kind kind : Kind.values()) {
      Probe probe = Probe.time(kind.phase, store.span(kind.what), types[0], "performRequest");
      probes.add(in(types, probe).arity(PARAMETERS).noting(new Only(kind)));
    }
    return probes;
  }

  /** The same where calls that wait lead through those that do not. */
  public List<Probe> async(String... types) {
    List<Probe> probes = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      Probe probe =
          Probe.timeAsync(kind.phase, store.span(kind.what), types[0], "performRequestAsync");
      probes.add(in(types, probe).arity(PARAMETERS).noting(new Only(kind)));
    }
    return probes;
  }

  /** Clients of the HTTP API below them: "acme http query". */
  public List<Probe> lowLevel(String... types) {
    List<Probe> probes = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      Probe probe =
          Probe.time(kind.phase, store.span(LOW_LEVEL + kind.what), types[0], "performRequest");
      // Another one is called for each node that is tried.
      probes.add(in(types, probe).arity(1).noting(new Only(kind)));
    }
    return probes;
  }

  private static Probe in(String[] types, Probe probe) {
    String[] more = new String[types.length - 1];
    System.arraycopy(types, 1, more, 0, more.length);
    return probe.alsoIn(more);
  }

  /** What a request is for, for people. */
  static String what(Object request) {
    return kindOf(request).what;
  }

  /** The same, by names of the server's API; never null. */
  private static Kind kindOf(Object request) {
    String path = Read.text(request, "getEndpoint");
    if (path != null) {
      return ofPath(Read.text(request, "getMethod"), path);
    }
    String type = request.getClass().getName();
    return ofType(
        type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1),
        type.contains(".indices."));
  }

  private static Kind ofType(String name, boolean ofIndices) {
    if (ofIndices) {
      return name.equals("CreateIndexRequest") ? Kind.CREATE_INDEX : Kind.INDEX;
    }
    return switch (name) {
      case "InfoRequest", "PingRequest", "HealthRequest" -> Kind.VERSION;
      case "SearchRequest", "MsearchRequest", "KnnSearchRequest" -> Kind.QUERY;
      case "BulkRequest", "IndexRequest", "CreateRequest", "UpdateRequest" -> Kind.WRITE;
      default -> Kind.OTHER;
    };
  }

  private static Kind ofPath(String method, String path) {
    int query = path.indexOf('?');
    String asked = query < 0 ? path : path.substring(0, query);
    asked = asked.startsWith("/") ? asked.substring(1) : asked;
    if (asked.isEmpty() || asked.startsWith("_cluster/")) {
      return Kind.VERSION;
    }
    // No index has a name that begins so.
    boolean ofAll = asked.startsWith("_");
    int action = ofAll ? 0 : asked.indexOf("/_") + 1;
    if (action == 0 && !ofAll) {
      return "PUT".equals(method) ? Kind.CREATE_INDEX : Kind.INDEX;
    }
    int next = asked.indexOf('/', action);
    return ofAction(asked.substring(action, next < 0 ? asked.length() : next));
  }

  private static Kind ofAction(String action) {
    return switch (action) {
      case "_search", "_msearch", "_knn_search" -> Kind.QUERY;
      case "_bulk", "_doc", "_create", "_update" -> Kind.WRITE;
      case "_mapping", "_settings", "_alias", "_aliases", "_refresh" -> Kind.INDEX;
      default -> Kind.OTHER;
    };
  }

  private static final class Only implements Note {
    private final Kind kind;

    Only(Kind kind) {
      this.kind = kind;
    }

    @Override
    public boolean wants(Object self, Object[] args) {
      return args[0] != null && kindOf(args[0]) == kind;
    }

    @Override
    public void note(Object self, Object[] args, Object result) {}
  }
}
