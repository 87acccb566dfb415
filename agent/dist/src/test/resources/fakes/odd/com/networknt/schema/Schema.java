package com.networknt.schema;

/** An interface, where the agent knows a class. */
public interface Schema {
  Object validate(Object document);

  static String a() {
    return "interface";
  }
}
