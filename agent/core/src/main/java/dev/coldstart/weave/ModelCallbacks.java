package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;

/**
 * The hooks for callbacks of an object that stands for a model call ({@link ModelClient#made}): the
 * thread works for the request of the call while one runs.
 */
public final class ModelCallbacks {
  private final ModelDialect dialect;

  /** Hooks that read answers in a dialect. */
  public ModelCallbacks(ModelDialect dialect) {
    this.dialect = dialect;
  }

  /** The first argument is a part of the answer. */
  public Hook onPart() {
    return new OnPart();
  }

  /** After a method whose result is a part of the answer, or a collection of them. */
  public Hook onReturnedPart() {
    return new OnReturnedPart();
  }

  /** The same for the whole answer: one with nothing in it is what is left of a failure. */
  public Hook onReturnedAnswer() {
    return new OnReturnedAnswer();
  }

  /** The last argument is a part of the answer in JSON of its provider. */
  public Hook onJson() {
    return new OnJson();
  }

  /** The first argument is text that a user may see, or has it at this path. */
  public Hook onText(String... path) {
    return new OnText(path);
  }

  /** A part of a tool call came. */
  public Hook onToolCall() {
    return new OnToolCall();
  }

  /** The answer ends; the first argument, if any, is read as a part of it. */
  public Hook onComplete() {
    return new OnComplete();
  }

  /** The call failed. */
  public Hook onError() {
    return new OnError();
  }

  private abstract static class Callback extends JoinHook {
    abstract void on(ModelCall call, Object argument);

    @Override
    protected int join(Object self, Object[] args) {
      ModelCall call = ModelCall.of(self);
      if (call == null) {
        return -1;
      }
      on(call, args.length == 0 ? null : args[0]);
      return call.join();
    }
  }

  private final class OnPart extends Callback {
    @Override
    void on(ModelCall call, Object argument) {
      dialect.read(call, argument);
    }
  }

  private final class OnReturnedPart extends ReturnHook {
    @Override
    protected void returned(Object self, Object[] args, Object result) {
      ModelCall call = ModelCall.of(self);
      if (call != null) {
        dialect.read(call, result);
      }
    }
  }

  private final class OnReturnedAnswer extends ReturnHook {
    @Override
    protected void returned(Object self, Object[] args, Object result) {
      ModelCall call = ModelCall.of(self);
      if (call != null) {
        dialect.read(call, result);
        call.end(call.awaitsContent() && call.firstToolCallNanos() == 0);
      }
    }
  }

  private static final class OnJson extends JoinHook {
    @Override
    protected int join(Object self, Object[] args) {
      ModelCall call = ModelCall.of(self);
      if (call == null) {
        return -1;
      }
      if (args[args.length - 1] instanceof String json) {
        ProviderJson.read(call, json);
      }
      return call.join();
    }
  }

  private static final class OnText extends Callback {
    private final String[] path;

    OnText(String[] path) {
      this.path = path;
    }

    @Override
    void on(ModelCall call, Object argument) {
      if (call.awaitsContent()) {
        call.text(argument instanceof String ? argument : Read.first(argument, path));
      }
    }
  }

  private static final class OnToolCall extends Callback {
    @Override
    void on(ModelCall call, Object argument) {
      call.toolCall();
    }
  }

  private final class OnComplete extends Callback {
    @Override
    void on(ModelCall call, Object argument) {
      dialect.read(call, argument);
      call.end(false);
    }
  }

  private static final class OnError extends Callback {
    @Override
    void on(ModelCall call, Object argument) {
      call.fail(argument);
    }
  }
}
