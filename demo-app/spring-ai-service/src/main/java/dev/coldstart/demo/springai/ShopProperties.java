package dev.coldstart.demo.springai;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where everything is.
 *
 * @param modelUrl base URL of an OpenAI-compatible API, with its version path
 * @param weatherMcpCommand the command that starts the weather tool server, as a JSON array so that
 *     paths may hold spaces
 * @param toolListTtl how long the tools of a server are used before they are asked for again
 */
@ConfigurationProperties("shop")
record ShopProperties(
    String modelUrl,
    String chromaUrl,
    String collection,
    String ordersMcpUrl,
    String weatherMcpCommand,
    String schemaUrl,
    Duration toolListTtl) {}
