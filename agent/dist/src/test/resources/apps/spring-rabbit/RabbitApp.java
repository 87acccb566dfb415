package dev.coldstart.it.app;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.rabbit.annotation.EnableRabbit;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.config.DirectRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.core.Queue;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Listeners of Spring AMQP in both containers: one message, batches, and some that answer later. */
public final class RabbitApp implements Messages.App {
  private static CachingConnectionFactory connections;

  private RabbitTemplate template;

  @Override
  public void start() throws Exception {
    connections = new CachingConnectionFactory(RabbitBroker.start());
    RabbitAdmin admin = new RabbitAdmin(connections);
    for (String queue :
        List.of("orders", "parallel", "direct", "batches", "later", "mono")) {
      admin.declareQueue(new Queue(queue));
    }
    new AnnotationConfigApplicationContext(Listeners.class);
    template = new RabbitTemplate(connections);
  }

  @Override
  public void send(String queue, String text) {
    Message message =
        MessageBuilder.withBody(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .setContentType("text/plain")
            .setHeader("traceparent", Messages.TRACEPARENT)
            .setHeader("authorization", "s3cr3t-bearer")
            .build();
    template.send("", queue, message);
  }

  @Configuration
  @EnableRabbit
  static class Listeners {
    @Bean
    SimpleRabbitListenerContainerFactory rabbitListenerContainerFactory() {
      return simple();
    }

    @Bean
    SimpleRabbitListenerContainerFactory batches() {
      SimpleRabbitListenerContainerFactory factory = simple();
      factory.setBatchListener(true);
      factory.setConsumerBatchEnabled(true);
      factory.setBatchSize(2);
      factory.setReceiveTimeout(200L);
      return factory;
    }

    @Bean
    DirectRabbitListenerContainerFactory direct() {
      DirectRabbitListenerContainerFactory factory = new DirectRabbitListenerContainerFactory();
      factory.setConnectionFactory(connections);
      factory.setDefaultRequeueRejected(false);
      return factory;
    }

    private static SimpleRabbitListenerContainerFactory simple() {
      SimpleRabbitListenerContainerFactory factory = new SimpleRabbitListenerContainerFactory();
      factory.setConnectionFactory(connections);
      factory.setDefaultRequeueRejected(false);
      factory.setPrefetchCount(1);
      return factory;
    }

    @RabbitListener(queues = "orders")
    void one(String text) {
      Messages.handle(text);
    }

    @RabbitListener(queues = "parallel", concurrency = "4")
    void parallel(String text) {
      Messages.handle(text);
    }

    @RabbitListener(queues = "direct", containerFactory = "direct")
    void direct(String text) {
      Messages.handle(text);
    }

    @RabbitListener(queues = "batches", containerFactory = "batches")
    void batch(List<String> texts) {
      texts.forEach(Messages::handle);
    }

    @RabbitListener(queues = "later")
    CompletableFuture<Void> later(String text) {
      return Messages.handleLater(text).thenApply(x -> null);
    }

    @RabbitListener(queues = "mono")
    Mono<Void> mono(String text) {
      return Mono.defer(() -> Mono.fromFuture(Messages.handleLater(text))).then();
    }
  }
}
