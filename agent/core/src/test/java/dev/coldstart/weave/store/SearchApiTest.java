package dev.coldstart.weave.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.weave.Probe;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchApiTest {
  private final SearchApi api = new SearchApi(new VectorStore("acme"));

  /** A request of a low-level client. */
  public record Request(String getMethod, String getEndpoint) {}

  @ParameterizedTest
  @CsvSource({
    "GET, /, version",
    "GET, _cluster/health?wait=1, version",
    "HEAD, /a_b, index",
    "PUT, /a_b, create index",
    "PUT, a_b?wait=_x, create index",
    "GET, /a_b/_mapping, index",
    "POST, /a_b/_search?q=1, query",
    "POST, _msearch, query",
    "POST, /_bulk, write",
    "PUT, /a/_doc/7, write",
    "GET, /_cat/indices, request"
  })
  void tellsByMethodAndPathWhatARequestIsFor(String method, String path, String what) {
    assertThat(SearchApi.what(new Request(method, path))).isEqualTo(what);
  }

  @Test
  void tellsByItsClassWhatACallIsFor() {
    assertThat(SearchApi.what(new Object())).isEqualTo("request");
    assertThat(SearchApi.what(new SearchRequest())).isEqualTo("query");
    assertThat(SearchApi.what(new BulkRequest())).isEqualTo("write");
  }

  private static final class SearchRequest {}

  private static final class BulkRequest {}

  @Test
  void lookingForAnIndexIsConnecting() {
    List<Probe> probes = api.lowLevel("a.Client", "b.Client");
    assertThat(probes)
        .filteredOn(probe -> probe.phase().equals("vector_store_connect"))
        .extracting(Probe::span)
        .containsExactly("acme http version", "acme http index", "acme http create index");
    assertThat(probes).allMatch(probe -> probe.types().contains("b.Client"));
  }
}
