package dev.coldstart.weave;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the requests and answers of a client library keep what a report tells: paths of getters, as
 * {@link Read#first} follows them. Several paths for one thing are alternatives. Made complete
 * before it is used; then safe for threads.
 */
public class ModelDialect {
  private final String system;
  private final List<String[]> models = new ArrayList<>();
  private int modelArgument;
  private final List<String[]> modelsOfClient = new ArrayList<>();
  private final List<String[]> modelsOfAnswer = new ArrayList<>();
  private final List<String[]> contents = new ArrayList<>();
  private final List<String[]> toolCalls = new ArrayList<>();
  private final List<String[]> usages = new ArrayList<>();
  private final List<String[]> payloads = new ArrayList<>();
  private Usage.Reader usageReader;

  /**
   * A dialect that says nothing yet.
   *
   * @param system the provider as OpenTelemetry names it, null when only a client object knows
   */
  public ModelDialect(String system) {
    this.system = system;
  }

  /** Name of the model in the first argument of a call; no getter for the argument itself. */
  public final ModelDialect model(String... path) {
    models.add(path);
    return this;
  }

  /** The same in another argument, counted from 0. */
  public final ModelDialect modelOfArgument(int argument, String... path) {
    modelArgument = argument;
    return model(path);
  }

  /** Name of the model in the object that is called, where the request has none. */
  public final ModelDialect modelOfClient(String... path) {
    modelsOfClient.add(path);
    return this;
  }

  /** Name of the model in the answer, where nothing else tells. */
  public final ModelDialect modelOfAnswer(String... path) {
    modelsOfAnswer.add(path);
    return this;
  }

  /** Text that a user may see, in a chunk or a whole answer. */
  public final ModelDialect content(String... path) {
    contents.add(path);
    return this;
  }

  /** Something that only a part with a tool call has. */
  public final ModelDialect toolCall(String... path) {
    toolCalls.add(path);
    return this;
  }

  /** The object with the counts of tokens, in a chunk or a whole answer. */
  public final ModelDialect usage(String... path) {
    usages.add(path);
    return this;
  }

  /** Text with an answer, or a part of one, in whatever JSON its provider speaks. */
  public final ModelDialect payload(String... path) {
    payloads.add(path);
    return this;
  }

  /** How that object is read, later and on the agent's thread. */
  public final ModelDialect counts(Usage.Reader reader) {
    usageReader = reader;
    return this;
  }

  /**
   * The provider, null when it is not known here.
   *
   * @param self the object whose method is called
   */
  protected String system(Object self) {
    return system;
  }

  /** The model, null when it is not known here. */
  final String model(Object self, Object[] args) {
    Object name = args.length <= modelArgument ? null : firstOf(models, args[modelArgument]);
    if (!(name instanceof String)) {
      name = firstOf(modelsOfClient, self);
    }
    return name instanceof String s ? s : null;
  }

  /**
   * Tells the call what a part of its answer holds.
   *
   * @param part a chunk, or the whole answer; null when there is none
   */
  final void read(ModelCall call, Object part) {
    if (call.awaitsContent()) {
      call.text(firstOf(contents, part));
      if (firstOf(toolCalls, part) != null) {
        call.toolCall();
      }
    }
    if (firstOf(payloads, part) instanceof String json) {
      ProviderJson.read(call, json);
    }
    if (call.model == null && firstOf(modelsOfAnswer, part) instanceof String model) {
      call.model = model;
    }
    if (usageReader != null) {
      call.usage(firstOf(usages, part), usageReader);
    }
    if (!call.streaming() && call.firstToolCallNanos() == 0) {
      // A refusal, say: the response ends the wait, whatever it holds.
      call.content();
    }
  }

  private static Object firstOf(List<String[]> paths, Object start) {
    for (int i = 0; i < paths.size(); i++) {
      Object found = Read.first(start, paths.get(i));
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
