package shape;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.MethodDelegation;
import net.bytebuddy.implementation.bind.annotation.SuperCall;
import net.bytebuddy.matcher.ElementMatchers;
import java.util.concurrent.Callable;
import org.aopalliance.intercept.MethodInterceptor;
import org.mockito.Mockito;
import org.springframework.aop.framework.ProxyFactory;

/** Subclasses and changed copies that others make of a class that is woven. */
public final class Proxies {
  /** The class with probes. */
  public static class Tool {
    private String name = "tool";

    public Tool() {}

    public String probed(String input) {
      if (input.isEmpty()) {
        throw new IllegalArgumentException("nothing to do");
      }
      return name + " of " + input;
    }

    public final int probedFinal(long n) {
      return (int) n + name.length();
    }
  }

  /** What Hibernate's proxies do: the original method, from an interceptor. */
  public static final class Around {
    public static Object call(@SuperCall Callable<Object> original) throws Exception {
      return "around " + original.call();
    }
  }

  public static String run() throws Exception {
    StringBuilder out = new StringBuilder(describe(new Tool()));
    ProxyFactory factory = new ProxyFactory(new Tool());
    factory.setProxyTargetClass(true);
    factory.addAdvice((MethodInterceptor) call -> "advised " + call.proceed());
    out.append(describe((Tool) factory.getProxy()));
    Class<? extends Tool> type =
        new ByteBuddy()
            .subclass(Tool.class)
            .method(ElementMatchers.named("probed"))
            .intercept(MethodDelegation.to(Around.class))
            .make()
            .load(Tool.class.getClassLoader())
            .getLoaded();
    out.append(describe(type.getConstructor().newInstance()));
    Tool mock = Mockito.mock(Tool.class);
    Mockito.when(mock.probed("a")).thenReturn("mocked");
    Mockito.when(mock.probedFinal(3)).thenReturn(-3);
    out.append(mock.probed("a") + mock.probed("b") + mock.probedFinal(3));
    Tool spied = Mockito.spy(new Tool());
    out.append(describe(spied));
    Mockito.verify(spied).probed("x");
    return out.append(describe(new Tool())).toString();
  }

  private static String describe(Tool tool) {
    String text = tool.probed("x") + tool.probedFinal(2);
    try {
      return text + tool.probed("");
    } catch (IllegalArgumentException e) {
      return text + e + '\n';
    }
  }
}
