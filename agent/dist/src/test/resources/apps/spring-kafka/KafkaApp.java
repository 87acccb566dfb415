package dev.coldstart.it.app;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.util.backoff.FixedBackOff;

/** Listeners of Spring for Kafka: one record at a time, batches, and one that answers later. */
public final class KafkaApp implements Messages.App {
  private static final EmbeddedKafkaKraftBroker BROKER =
      new EmbeddedKafkaKraftBroker(1, 1, "orders", "batches", "records", "later");

  private KafkaTemplate<String, String> template;

  @Override
  public void start() throws Exception {
    BROKER.afterPropertiesSet();
    BROKER.addTopics(new NewTopic("parallel", 4, (short) 1));
    AnnotationConfigApplicationContext context =
        new AnnotationConfigApplicationContext(Listeners.class);
    KafkaListenerEndpointRegistry registry = context.getBean(KafkaListenerEndpointRegistry.class);
    for (MessageListenerContainer container : registry.getListenerContainers()) {
      ConcurrentMessageListenerContainer<?, ?> consumers =
          (ConcurrentMessageListenerContainer<?, ?>) container;
      // Each has its own partition.
      for (var consumer : consumers.getContainers()) {
        while (consumer.getAssignedPartitions().size() != 1) {
          TimeUnit.MILLISECONDS.sleep(10);
        }
      }
    }
    Map<String, Object> config =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, BROKER.getBrokersAsString());
    template =
        new KafkaTemplate<>(
            new DefaultKafkaProducerFactory<>(
                config, new StringSerializer(), new StringSerializer()));
  }

  @Override
  public void send(String queue, String text) throws Exception {
    int partition =
        queue.equals("parallel") ? Integer.parseInt(text.substring(text.length() - 1)) : 0;
    ProducerRecord<String, String> record =
        new ProducerRecord<>(queue, partition, "s3cr3t-key", text);
    record.headers().add("traceparent", bytes(Messages.TRACEPARENT));
    record.headers().add("authorization", bytes("s3cr3t-bearer"));
    template.send(record).get(30, TimeUnit.SECONDS);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Configuration
  @EnableKafka
  static class Listeners {
    @Bean
    ConcurrentKafkaListenerContainerFactory<String, String> kafkaListenerContainerFactory() {
      ConcurrentKafkaListenerContainerFactory<String, String> factory =
          new ConcurrentKafkaListenerContainerFactory<>();
      Map<String, Object> config =
          Map.of(
              ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
              BROKER.getBrokersAsString(),
              ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
              "earliest");
      factory.setConsumerFactory(
          new DefaultKafkaConsumerFactory<>(
              config, new StringDeserializer(), new StringDeserializer()));
      factory.setCommonErrorHandler(new DefaultErrorHandler(new FixedBackOff(0, 0)));
      return factory;
    }

    @KafkaListener(topics = "orders", groupId = "orders")
    void one(String text) {
      Messages.handle(text);
    }

    @KafkaListener(topics = "parallel", groupId = "parallel", concurrency = "4")
    void parallel(String text) {
      Messages.handle(text);
    }

    @KafkaListener(topics = "batches", groupId = "batches", batch = "true")
    void batch(List<String> texts) {
      texts.forEach(Messages::handle);
    }

    @KafkaListener(topics = "records", groupId = "records", batch = "true")
    void records(ConsumerRecords<String, String> records) {
      records.forEach(record -> Messages.handle(record.value()));
    }

    @KafkaListener(topics = "later", groupId = "later")
    CompletableFuture<?> later(String text) {
      return Messages.handleLater(text);
    }
  }
}
