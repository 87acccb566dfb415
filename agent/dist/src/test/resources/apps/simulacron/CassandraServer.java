package dev.coldstart.it.app;

import com.datastax.oss.protocol.internal.Frame;
import com.datastax.oss.protocol.internal.Message;
import com.datastax.oss.protocol.internal.request.AuthResponse;
import com.datastax.oss.protocol.internal.request.Execute;
import com.datastax.oss.protocol.internal.request.Prepare;
import com.datastax.oss.protocol.internal.request.Query;
import com.datastax.oss.protocol.internal.request.Startup;
import com.datastax.oss.protocol.internal.response.AuthSuccess;
import com.datastax.oss.protocol.internal.response.Authenticate;
import com.datastax.oss.protocol.internal.response.Error;
import com.datastax.oss.protocol.internal.response.result.Void;
import com.datastax.oss.simulacron.common.cluster.AbstractNode;
import com.datastax.oss.simulacron.common.cluster.ClusterSpec;
import com.datastax.oss.simulacron.common.cluster.DataCenterSpec;
import com.datastax.oss.simulacron.common.stubbing.Action;
import com.datastax.oss.simulacron.common.stubbing.MessageResponseAction;
import com.datastax.oss.simulacron.common.stubbing.StubMapping;
import com.datastax.oss.simulacron.server.Server;
import com.datastax.oss.simulacron.server.StubStore;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The vendor's own simulator of Cassandra, which speaks the native protocol and keeps no data: one
 * node that asks for a password and tells of some tables. Argument: the password.
 */
public final class CassandraServer implements StoreServer {
  private static final int BAD_CREDENTIALS = 0x100;
  private static final long MILLIS = 8;
  private static final List<Class<? extends Message>> REQUESTS =
      List.of(Startup.class, AuthResponse.class, Query.class, Prepare.class, Execute.class);

  private final List<Call> log = new CopyOnWriteArrayList<>();
  private final Server server;
  private final String password;
  private final int port;

  public CassandraServer(String[] args) throws Exception {
    password = args[0];
    port = free();
    server = Server.builder().build();
    ClusterSpec cluster = ClusterSpec.builder().build();
    DataCenterSpec center = cluster.addDataCenter().withName("dc1").build();
    center.addNode().withAddress(new InetSocketAddress("127.0.0.1", port)).build();
    // Those of the server come after its own, which know of no tables.
    StubStore answers = server.register(cluster).getStubStore();
    for (Class<? extends Message> request : REQUESTS) {
      answers.register(new Answer(request));
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public List<Call> take() {
    List<Call> all = List.copyOf(log);
    log.clear();
    return all;
  }

  @Override
  public void close() {
    server.close();
  }

  private static int free() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private final class Answer extends StubMapping {
    private final Class<? extends Message> request;

    Answer(Class<? extends Message> request) {
      this.request = request;
    }

    @Override
    public boolean matches(Frame frame) {
      return request.isInstance(frame.message)
          && (!(frame.message instanceof Query query)
              || isSearch(frame)
              || CassandraSchema.rows(query.query) != null
              || query.query.startsWith("CREATE "));
    }

    @Override
    public List<Action> getActions(AbstractNode node, Frame frame) {
      long received = System.nanoTime();
      boolean query = frame.message instanceof Execute || isSearch(frame);
      // It answers after a while, so that this is before the answer leaves.
      log.add(new Call(request.getSimpleName(), query, received, System.nanoTime()));
      return List.of(new MessageResponseAction(answer(frame.message), MILLIS));
    }

    private static boolean isSearch(Frame frame) {
      return frame.message instanceof Query query && query.query.contains("ANN OF");
    }

    private Message answer(Message message) {
      if (message instanceof Startup) {
        return new Authenticate("org.apache.cassandra.auth.PasswordAuthenticator");
      }
      if (message instanceof AuthResponse response) {
        String sent = StandardCharsets.UTF_8.decode(response.token.duplicate()).toString();
        return sent.endsWith('\0' + password)
            ? new AuthSuccess(null)
            : new Error(BAD_CREDENTIALS, "wrong password");
      }
      Message rows = message instanceof Query query ? CassandraSchema.rows(query.query) : null;
      if (rows != null) {
        return rows;
      }
      return message instanceof Prepare prepare
          ? CassandraSchema.prepared(prepare.cqlQuery)
          : Void.INSTANCE;
    }
  }
}
