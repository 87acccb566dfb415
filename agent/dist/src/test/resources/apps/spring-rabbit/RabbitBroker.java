package dev.coldstart.it.app;

import com.rabbitmq.client.ConnectionFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.qpid.server.SystemLauncher;

/** A broker that speaks AMQP 0-9-1, in this process and in memory: Qpid. */
final class RabbitBroker {
  private static final String CONFIG =
      """
      {
        "name": "broker", "modelVersion": "9.0",
        "authenticationproviders": [{"name": "plain", "type": "Plain", "secureOnlyMechanisms": [],
          "users": [{"name": "guest", "type": "managed", "password": "guest"}]}],
        "ports": [{"name": "amqp", "port": "PORT", "bindingAddress": "127.0.0.1",
          "authenticationProvider": "plain", "protocols": ["AMQP_0_9_1"],
          "virtualhostaliases": [{"name": "default", "type": "defaultAlias"}]}],
        "virtualhostnodes": [{"name": "default", "type": "Memory", "defaultVirtualHostNode": "true",
          "virtualHostInitialConfiguration": "{\\"type\\": \\"Memory\\"}"}]
      }
      """;

  /** Starts it and returns what makes connections to it. */
  static ConnectionFactory start() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path config = Files.writeString(Path.of("broker.json"), CONFIG.replace("PORT", "" + port));
    new SystemLauncher()
        .startup(
            Map.of(
                "type",
                "Memory",
                "initialConfigurationLocation",
                config.toUri().toString(),
                "startupLoggedToSystemOut",
                "false"));
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost("127.0.0.1");
    factory.setPort(port);
    return factory;
  }

  private RabbitBroker() {}
}
