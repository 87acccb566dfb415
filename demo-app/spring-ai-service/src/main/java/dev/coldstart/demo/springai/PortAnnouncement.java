package dev.coldstart.demo.springai;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says where the service listens: the port is a free one unless PORT is set. */
@Component
class PortAnnouncement {
  @EventListener
  void ready(ApplicationReadyEvent event) {
    if (event.getApplicationContext() instanceof ServletWebServerApplicationContext context) {
      System.out.println("listening on 127.0.0.1:" + context.getWebServer().getPort());
    }
  }
}
