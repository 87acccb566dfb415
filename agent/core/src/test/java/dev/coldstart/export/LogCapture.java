package dev.coldstart.export;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What java.util.logging's console would have shown. */
final class LogCapture extends Handler implements AutoCloseable {
  private final List<String> shown = new CopyOnWriteArrayList<>();
  private final Logger root = Logger.getLogger("");

  LogCapture() {
    root.addHandler(this);
  }

  List<String> shown() {
    return shown;
  }

  @Override
  public void publish(LogRecord record) {
    shown.add(record.getLoggerName() + ": " + record.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
  }
}
