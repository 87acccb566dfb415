/** A small agent service on Spring Boot and Spring AI. */
package dev.coldstart.demo.springai;
