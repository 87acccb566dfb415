package dev.coldstart.it.app;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.service.UserMessage;
import io.quarkiverse.langchain4j.RegisterAiService;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** AI services of Quarkus, with and without a tool, that answer whole and in words. */
@Path("/")
public class ChatResource {
  @Inject Plain plain;
  @Inject WithTool withTool;

  /** An AI service. */
  @RegisterAiService
  public interface Plain {
    /** An answer that comes whole. */
    String chat(@UserMessage String question);

    /** An answer in words. */
    Multi<String> stream(@UserMessage String question);
  }

  /** An AI service with a tool. */
  @RegisterAiService(tools = Calendar.class)
  public interface WithTool {
    /** An answer that comes whole. */
    String chat(@UserMessage String question);

    /** An answer in words. */
    Multi<String> stream(@UserMessage String question);
  }

  /** The tool. */
  @ApplicationScoped
  public static class Calendar {
    @Tool("The day of the week")
    String today() {
      return "Monday";
    }
  }

  @GET
  @Path("/chat/whole")
  public String chat() {
    return plain.chat("secret-text");
  }

  @GET
  @Path("/chat/stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public Multi<String> stream() {
    return plain.stream("secret-text");
  }

  @GET
  @Path("/service/tool")
  public String tool() {
    return withTool.chat("secret-text");
  }

  @GET
  @Path("/service/tool-stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Blocking
  public Multi<String> toolStream() {
    return withTool.stream("secret-text");
  }
}
