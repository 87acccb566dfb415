package dev.coldstart.it.app;

import com.datastax.oss.protocol.internal.Message;
import com.datastax.oss.protocol.internal.ProtocolConstants.DataType;
import com.datastax.oss.protocol.internal.response.result.ColumnSpec;
import com.datastax.oss.protocol.internal.response.result.DefaultRows;
import com.datastax.oss.protocol.internal.response.result.Prepared;
import com.datastax.oss.protocol.internal.response.result.RawType;
import com.datastax.oss.protocol.internal.response.result.RowsMetadata;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;

/**
 * What the simulated node says of its schema: a keyspace with tables as Spring AI's store makes
 * them, and statements about those.
 */
final class CassandraSchema {
  private static final String KEYSPACE = "test";
  private static final String[] TABLES = {"handbook", "not_there_yet"};
  private static final RawType TEXT = RawType.PRIMITIVES.get(DataType.VARCHAR);
  private static final RawType INT = RawType.PRIMITIVES.get(DataType.INT);
  private static final RawType BOOLEAN = RawType.PRIMITIVES.get(DataType.BOOLEAN);
  private static final RawType ID = RawType.PRIMITIVES.get(DataType.UUID);
  private static final RawType FLAGS = new RawType.RawSet(TEXT);
  private static final RawType OPTIONS = new RawType.RawMap(TEXT, TEXT);

  private CassandraSchema() {}

  /** Rows of the table that a query is about; null when it is about another. */
  static Message rows(String query) {
    if (query.contains("system_schema.keyspaces")) {
      return keyspaces();
    }
    if (query.contains("system_schema.tables")) {
      return tables();
    }
    if (query.contains("system_schema.columns")) {
      return columns();
    }
    return query.contains("system_schema.indexes") ? indexes() : null;
  }

  /** The answer to who prepares something: all there may be, to be set by name. */
  static Message prepared(String query) {
    RawType vector =
        new RawType.RawCustom(
            "org.apache.cassandra.db.marshal.VectorType("
                + "org.apache.cassandra.db.marshal.FloatType , 2)");
    Table variables = new Table("handbook", "id", TEXT);
    if (query.startsWith("INSERT")) {
      variables = new Table("handbook", "id", TEXT, "content", TEXT, "embedding", vector);
    }
    byte[] id = query.getBytes(StandardCharsets.UTF_8);
    RowsMetadata none = new RowsMetadata(List.of(), null, null, null);
    return new Prepared(
        Arrays.copyOf(id, 16), null, variables.metadata(new int[] {0}), none);
  }

  private static Message keyspaces() {
    Table all =
        new Table(
            "keyspaces", "keyspace_name", TEXT, "durable_writes", BOOLEAN, "replication", OPTIONS);
    Map<String, String> replication =
        Map.of("class", "org.apache.cassandra.locator.SimpleStrategy", "replication_factor", "1");
    all.row(KEYSPACE, true, replication);
    return all.rows();
  }

  private static Message tables() {
    Table all = new Table("tables", "keyspace_name", TEXT, "table_name", TEXT, "id", ID, "flags", FLAGS);
    for (String table : TABLES) {
      UUID id = UUID.nameUUIDFromBytes(table.getBytes(StandardCharsets.UTF_8));
      all.row(KEYSPACE, table, id, List.of("compound"));
    }
    return all.rows();
  }

  private static Message columns() {
    Table all =
        new Table(
            "columns", "keyspace_name", TEXT, "table_name", TEXT, "column_name", TEXT,
            "clustering_order", TEXT, "kind", TEXT, "position", INT, "type", TEXT);
    for (String table : TABLES) {
      all.row(KEYSPACE, table, "id", "none", "partition_key", 0, "text");
      all.row(KEYSPACE, table, "content", "none", "regular", -1, "text");
      all.row(KEYSPACE, table, "embedding", "none", "regular", -1, "vector<float, 2>");
    }
    return all.rows();
  }

  private static Message indexes() {
    Table all =
        new Table(
            "indexes", "keyspace_name", TEXT, "table_name", TEXT, "index_name", TEXT, "kind", TEXT,
            "options", OPTIONS);
    Map<String, String> options =
        Map.of("class_name", "StorageAttachedIndex", "target", "embedding");
    for (String table : TABLES) {
      all.row(KEYSPACE, table, table + "_embedding_idx", "CUSTOM", options);
    }
    return all.rows();
  }

  /** Rows, and what their columns are. */
  private static final class Table {
    private final List<ColumnSpec> columns = new ArrayList<>();
    private final Queue<List<ByteBuffer>> rows = new ArrayDeque<>();

    /** Names and types of columns in turn. */
    Table(String name, Object... columns) {
      for (int i = 0; i < columns.length; i += 2) {
        this.columns.add(
            new ColumnSpec(
                "system_schema", name, (String) columns[i], i / 2, (RawType) columns[i + 1]));
      }
    }

    void row(Object... values) {
      List<ByteBuffer> row = new ArrayList<>();
      for (Object value : values) {
        row.add(bytes(value));
      }
      rows.add(row);
    }

    Message rows() {
      return new DefaultRows(metadata(new int[0]), rows);
    }

    RowsMetadata metadata(int[] keys) {
      return new RowsMetadata(columns, null, keys, null);
    }

    private static ByteBuffer bytes(Object value) {
      if (value instanceof String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      }
      if (value instanceof Boolean is) {
        return ByteBuffer.wrap(new byte[] {(byte) (is ? 1 : 0)});
      }
      if (value instanceof Integer number) {
        return ByteBuffer.allocate(4).putInt(0, number);
      }
      if (value instanceof UUID id) {
        return ByteBuffer.allocate(16)
            .putLong(0, id.getMostSignificantBits())
            .putLong(8, id.getLeastSignificantBits());
      }
      List<Object> parts = new ArrayList<>();
      if (value instanceof List<?> set) {
        parts.addAll(set);
        return collection(set.size(), parts);
      }
      Map<?, ?> map = (Map<?, ?>) value;
      map.forEach((key, entry) -> parts.addAll(List.of(key, entry)));
      return collection(map.size(), parts);
    }

    private static ByteBuffer collection(int size, List<Object> parts) {
      ByteBuffer all = ByteBuffer.allocate(512).putInt(size);
      for (Object part : parts) {
        ByteBuffer bytes = bytes(part);
        all.putInt(bytes.remaining()).put(bytes);
      }
      return all.flip();
    }
  }
}
