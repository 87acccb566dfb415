package dev.coldstart.demo.springai;

import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.ai.tool.annotation.Tool;

/** A tool that needs no server. */
class ShopCalendar {
  @Tool(description = "Today's date")
  String today() {
    return LocalDate.now(ZoneOffset.UTC).toString();
  }
}
