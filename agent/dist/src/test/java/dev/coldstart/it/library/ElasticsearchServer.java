package dev.coldstart.it.library;

import com.sun.net.httpserver.Headers;
import dev.coldstart.it.app.StoreScenes;
import java.io.IOException;

/**
 * Stands in for Elasticsearch, of which there is no server to run here: the part of its REST API
 * that clients use for a vector search, with the answers of the API's reference (Info, Exists
 * indices, Create indices, Bulk, Search), which are those of OpenSearch too. It knows one index.
 */
final class ElasticsearchServer extends StandIn {
  private static final String INFO =
      """
      {"name":"n","cluster_name":"c","cluster_uuid":"u","version":{"number":"9.1.0",\
      "build_flavor":"default","build_type":"docker","build_hash":"h",\
      "build_date":"2025-07-01T00:00:00.000000000Z","build_snapshot":false,\
      "lucene_version":"10.2.2","minimum_wire_compatibility_version":"8.19.0",\
      "minimum_index_compatibility_version":"8.0.0"},"tagline":"You Know, for Search"}""";

  private static final String CREATED =
      "{\"acknowledged\":true,\"shards_acknowledged\":true,\"index\":\"not-there-yet\"}";

  private static final String BULK =
      """
      {"took":1,"errors":false,"items":[{"index":{"_index":"not-there-yet","_id":"1",\
      "_version":1,"result":"created","_shards":{"total":1,"successful":1,"failed":0},\
      "_seq_no":0,"_primary_term":1,"status":201}}]}""";

  private static final String HITS =
      """
      {"took":1,"timed_out":false,"_shards":{"total":1,"successful":1,"skipped":0,"failed":0},\
      "hits":{"total":{"value":1,"relation":"eq"},"max_score":1.0,"hits":[{"_index":"handbook",\
      "_id":"1","_score":1.0,"_source":{"id":"1","text":"Text","content":"Text",\
      "metadata":{}}}]}}""";

  ElasticsearchServer() throws IOException {}

  @Override
  void addHeaders(Headers headers) {
    super.addHeaders(headers);
    headers.set("X-Elastic-Product", "Elasticsearch");
  }

  @Override
  Answer answer(String method, String path, String body) {
    if (path.endsWith("/_search")) {
      return Answer.query(HITS);
    }
    if (path.endsWith("/_bulk")) {
      return Answer.query(BULK);
    }
    if (path.equals("/")) {
      return Answer.connecting(200, INFO);
    }
    if (method.equals("PUT")) {
      return Answer.connecting(200, CREATED);
    }
    return Answer.connecting(path.equals("/" + StoreScenes.THERE) ? 200 : 404, "");
  }
}
