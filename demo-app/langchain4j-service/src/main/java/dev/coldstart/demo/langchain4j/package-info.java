/** A small agent service on LangChain4j and the JDK's HTTP server. */
package dev.coldstart.demo.langchain4j;
