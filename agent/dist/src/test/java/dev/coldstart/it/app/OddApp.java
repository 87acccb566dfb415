package dev.coldstart.it.app;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;

/** Uses classes that only share their names with those the agent knows, and prints all they say. */
public final class OddApp {
  public static void main(String[] args) throws Exception {
    Class<?> response = Class.forName("org.apache.coyote.Response");
    Constructor<?> make = response.getConstructor(boolean.class, long.class, double.class);
    Object odd = make.newInstance(true, 4L, 2.5);
    Object other = make.newInstance(false, 5L, 1.5);
    Class<?> model = Class.forName("dev.langchain4j.model.chat.StreamingChatModel");
    Object chat = model.getConstructor().newInstance();
    // More often than a failing probe is allowed to fail.
    for (int i = 0; i < 12; i++) {
      say(odd, "doWrite");
      say(other, "doWrite", 3L, 0.5, new byte[] {1}, 2f);
      say(other, "doWrite", 3L, 0.5, new byte[] {1, 2}, 2f);
      say(odd, "commit", (Object) new Object[] {"a", "b"});
      say(odd, "commit", (Object) null);
      say(chat, "chat");
      say(chat, "chat", 5);
      say(chat, "chat", "text", 7L);
      say(chat, "chat", null, 7L);
    }
    Class.forName("dev.langchain4j.model.chat.ChatModel");
    for (String type :
        new String[] {
          "org.postgresql.Driver",
          "org.postgresql.core.PGStream",
          "com.networknt.schema.Schema",
          "io.modelcontextprotocol.client.McpSyncClient"
        }) {
      Method a = Class.forName(type).getMethod("a");
      boolean isStatic = Modifier.isStatic(a.getModifiers());
      Object target = isStatic ? null : a.getDeclaringClass().getConstructor().newInstance();
      Work.say(type + " = " + a.invoke(target));
    }
    Class<?> request = Class.forName("org.apache.coyote.Request");
    request.getMethod("recycle").invoke(null);
    Work.say(Arrays.toString(response.getDeclaredConstructors()));
  }

  private static void say(Object target, String name, Object... arguments) throws Exception {
    for (Method method : target.getClass().getMethods()) {
      if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
        try {
          Work.say(name + " = " + method.invoke(target, arguments));
          return;
        } catch (InvocationTargetException e) {
          StackTraceElement thrower = e.getCause().getStackTrace()[0];
          Work.say(name + " threw " + e.getCause() + " at line " + thrower.getLineNumber());
          return;
        } catch (IllegalArgumentException e) {
          // The overload with other types.
        }
      }
    }
    throw new NoSuchMethodException(name);
  }

  private OddApp() {}
}
