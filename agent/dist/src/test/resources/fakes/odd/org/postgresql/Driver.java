package org.postgresql;

import java.util.Properties;

/** The method the agent looks for has no body that it could see. */
public final class Driver {
  public native Object makeConnection(String url, Properties properties);

  public String a() {
    return "native";
  }
}
