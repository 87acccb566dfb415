package dev.coldstart.it.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Work that a service does before it serves, and that is all there is to a job. */
@ApplicationScoped
public class Job {
  @Inject ChatResource.WithTool withTool;

  @ConfigProperty(name = "job")
  Optional<String> job;

  @ActivateRequestContext
  void run(@Observes StartupEvent event) {
    if (job.isPresent()) {
      withTool.chat("secret-text");
      withTool.stream("secret-text").collect().asList().await().indefinitely();
      if (job.get().equals("only")) {
        Quarkus.asyncExit();
      }
    }
  }
}
