package dev.coldstart.it.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.opensearch.Version;
import org.opensearch.cluster.metadata.IndexNameExpressionResolver;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.env.Environment;
import org.opensearch.env.NodeEnvironment;
import org.opensearch.http.HttpServerTransport;
import org.opensearch.knn.plugin.KNNPlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessModulePlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.repositories.RepositoriesService;
import org.opensearch.script.ScriptService;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.Netty4ModulePlugin;
import org.opensearch.transport.client.Client;
import org.opensearch.watcher.ResourceWatcherService;

/**
 * A real OpenSearch of one node, on 127.0.0.1, with its plugin for vectors but without the native
 * engines of that, and without gRPC (QueryBuilderProtoConverter). Argument: a folder for its data.
 * Its line "opensearch=" tells the port.
 */
public final class OpenSearchServer implements Scenes.App {
  @Override
  public void prepare(Scenes scenes, String[] args) throws Exception {
    Path home = Path.of(args[0]);
    Files.createDirectories(home.resolve("config"));
    Settings settings =
        Settings.builder()
            .put("path.home", home.toString())
            .put("node.name", "node")
            .put("network.host", "127.0.0.1")
            .put("http.port", "0")
            .put("transport.port", "0")
            .put("http.type", "netty4")
            .put("transport.type", "netty4")
            .put("discovery.type", "single-node")
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            .put("node.store.allow_mmap", false)
            .build();
    Node node = new OneNode(settings).start();
    HttpServerTransport http = node.injector().getInstance(HttpServerTransport.class);
    Work.say("opensearch=" + http.boundAddress().publishAddress().getPort());
  }

  private static final class OneNode extends Node {
    OneNode(Settings settings) {
      super(
          InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "node"),
          List.of(
              plugin(Netty4ModulePlugin.class),
              plugin(PainlessModulePlugin.class),
              plugin(Vectors.class)),
          true);
    }

    private static PluginInfo plugin(Class<? extends Plugin> type) {
      String name = type.getName();
      return new PluginInfo(
          name, "of the class path", "NA", Version.CURRENT, "21", name, null, List.of(), false);
    }
  }

  /** The plugin without what it does for gRPC. */
  public static final class Vectors extends KNNPlugin {
    @Override
    public Collection<Object> createComponents(
        Client client,
        ClusterService cluster,
        ThreadPool threads,
        ResourceWatcherService watcher,
        ScriptService scripts,
        NamedXContentRegistry contents,
        Environment environment,
        NodeEnvironment node,
        NamedWriteableRegistry writeables,
        IndexNameExpressionResolver names,
        Supplier<RepositoriesService> repositories) {
      return super.createComponents(
              client,
              cluster,
              threads,
              watcher,
              scripts,
              contents,
              environment,
              node,
              writeables,
              names,
              repositories)
          .stream()
          .filter(component -> !component.getClass().getName().contains(".grpc."))
          .toList();
    }
  }
}
