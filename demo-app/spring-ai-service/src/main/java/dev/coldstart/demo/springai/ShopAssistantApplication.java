package dev.coldstart.demo.springai;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** The service's main class. */
@SpringBootApplication
@EnableConfigurationProperties(ShopProperties.class)
public class ShopAssistantApplication {
  public static void main(String[] args) {
    SpringApplication.run(ShopAssistantApplication.class, args);
  }
}
