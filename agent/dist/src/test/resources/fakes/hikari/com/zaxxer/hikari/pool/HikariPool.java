package com.zaxxer.hikari.pool;

/** Takes 5 ms to connect; the agent notes the name of the pool, which tells whose work it was. */
public class HikariPool {
  public static final class Config {
    private final String name;

    public Config(String name) {
      this.name = name;
    }

    public String getPoolName() {
      return name;
    }
  }

  public HikariPool(Config config) throws InterruptedException {
    Thread.sleep(5);
    if (config.name.equals("refused")) {
      throw new IllegalStateException("no such database");
    }
  }
}
