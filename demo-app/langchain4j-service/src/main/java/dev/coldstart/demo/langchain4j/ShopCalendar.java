package dev.coldstart.demo.langchain4j;

import dev.langchain4j.agent.tool.Tool;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** A tool that needs no server. */
final class ShopCalendar {
  @Tool("Today's date")
  String today() {
    return LocalDate.now(ZoneOffset.UTC).toString();
  }
}
