package dev.coldstart.it.app;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.springframework.jms.annotation.EnableJms;
import org.springframework.jms.annotation.JmsListener;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jms.config.DefaultJmsListenerContainerFactory;
import org.springframework.jms.config.SimpleJmsListenerContainerFactory;
import org.springframework.jms.connection.CachingConnectionFactory;
import org.springframework.jms.core.JmsTemplate;
import org.springframework.jms.listener.DefaultMessageListenerContainer;

/** Listeners of Spring JMS on a broker in the same process: by annotation, and plain ones. */
public final class JmsApp implements Messages.App {
  private static final ConnectionFactory FACTORY =
      new ActiveMQConnectionFactory(
          "vm://localhost?jms.prefetchPolicy.all=1&broker.persistent=false&broker.useJmx=false&broker.schedulerSupport=false");

  private JmsTemplate queues;
  private JmsTemplate topics;

  @Override
  public void start() {
    queues = new JmsTemplate(new CachingConnectionFactory(FACTORY));
    topics = new JmsTemplate(queues.getConnectionFactory());
    topics.setPubSubDomain(true);
    AnnotationConfigApplicationContext context =
        new AnnotationConfigApplicationContext(Listeners.class);
    // A topic tells those who listen, not those who will.
    DefaultMessageListenerContainer news = context.getBean(DefaultMessageListenerContainer.class);
    while (news.getActiveConsumerCount() == 0 || !news.isRegisteredWithDestination()) {
      Thread.onSpinWait();
    }
  }

  @Override
  public void send(String queue, String text) {
    (queue.equals("news") ? topics : queues)
        .send(
            queue,
            session -> {
              TextMessage message = session.createTextMessage(text);
              message.setStringProperty("traceparent", Messages.TRACEPARENT);
              message.setStringProperty("authorization", "s3cr3t-bearer");
              return message;
            });
  }

  @Configuration
  @EnableJms
  static class Listeners {
    @Bean
    DefaultJmsListenerContainerFactory jmsListenerContainerFactory() {
      DefaultJmsListenerContainerFactory factory = new DefaultJmsListenerContainerFactory();
      factory.setConnectionFactory(FACTORY);
      factory.setErrorHandler(thrown -> {});
      return factory;
    }

    @Bean
    SimpleJmsListenerContainerFactory simple() {
      SimpleJmsListenerContainerFactory factory = new SimpleJmsListenerContainerFactory();
      factory.setConnectionFactory(FACTORY);
      return factory;
    }

    @Bean
    DefaultMessageListenerContainer news() {
      DefaultMessageListenerContainer container = new DefaultMessageListenerContainer();
      container.setConnectionFactory(FACTORY);
      container.setPubSubDomain(true);
      container.setDestinationName("news");
      container.setMessageListener(
          (jakarta.jms.MessageListener)
              message -> {
                try {
                  Messages.handle(((TextMessage) message).getText());
                } catch (JMSException e) {
                  throw new IllegalStateException(e);
                }
              });
      return container;
    }

    @JmsListener(destination = "orders")
    void one(String text) {
      Messages.handle(text);
    }

    @JmsListener(destination = "parallel", concurrency = "4-4")
    void parallel(String text) {
      Messages.handle(text);
    }

    @JmsListener(destination = "pushed", containerFactory = "simple")
    void pushed(String text) {
      Messages.handle(text);
    }
  }
}
