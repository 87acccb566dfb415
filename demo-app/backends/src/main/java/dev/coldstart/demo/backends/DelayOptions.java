package dev.coldstart.demo.backends;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The delays on the command line: the story at a scale, with single delays overridden. */
final class DelayOptions {
  @Option(
      names = "--scale",
      defaultValue = "1/30",
      converter = Fraction.class,
      paramLabel = "N",
      description =
          "Scale of the 90 s story, a number or a fraction; 1 is 30 s tool registry, 20 s vector"
              + " store, 15 s prompt cache, 10 s schema, 0.8 s per model call (default: 1/30)")
  private double scale;

  @Option(names = "--tool-registry-ms", description = "Both tool lists together, split 2:1")
  private Double toolRegistryMs;

  @Option(names = "--vector-connect-ms", description = "First connection to the vector store")
  private Double vectorConnectMs;

  @Option(names = "--prompt-cache-ms", description = "What a prompt-cache miss costs")
  private Double promptCacheMs;

  @Option(names = "--schema-ms", description = "First fetch of each schema")
  private Double schemaMs;

  @Option(names = "--ttft-ms", description = "Time to first token of each model call")
  private Double ttftMs;

  @Option(names = "--inter-token-ms", description = "Between two tokens")
  private Double interTokenMs;

  Delays delays() {
    Delays story = Delays.story(scale);
    return new Delays(
        or(toolRegistryMs, story.toolRegistryMs()),
        or(vectorConnectMs, story.vectorConnectMs()),
        or(promptCacheMs, story.promptCacheMs()),
        or(schemaMs, story.schemaMs()),
        or(ttftMs, story.ttftMs()),
        or(interTokenMs, story.interTokenMs()));
  }

  private static double or(Double chosen, double otherwise) {
    return chosen == null ? otherwise : chosen;
  }

  /** Reads "0.5" and "1/30". */
  static final class Fraction implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      int slash = text.indexOf('/');
      return slash < 0
          ? Double.parseDouble(text)
          : Double.parseDouble(text.substring(0, slash))
              / Double.parseDouble(text.substring(slash + 1));
    }
  }
}
