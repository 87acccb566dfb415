package dev.coldstart.it.app;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;

/** Consumers of the plain RabbitMQ client: callbacks, and a class of one's own. */
public final class RabbitClientApp implements Messages.App {
  private Channel channel;

  @Override
  public void start() throws Exception {
    ConnectionFactory factory = RabbitBroker.start();
    Connection connection = factory.newConnection(Executors.newCachedThreadPool());
    channel = connection.createChannel();
    callback(connection, "orders");
    for (int i = 0; i < 4; i++) {
      callback(connection, "parallel");
    }
    own(connection.createChannel(), "own");
  }

  private static void callback(Connection connection, String queue) throws Exception {
    Channel channel = connection.createChannel();
    channel.queueDeclare(queue, false, false, false, null);
    channel.basicQos(1);
    channel.basicConsume(
        queue,
        false,
        (tag, message) -> {
          channel.basicAck(message.getEnvelope().getDeliveryTag(), false);
          Messages.handle(text(message.getBody()));
        },
        tag -> {});
  }

  private static void own(Channel channel, String queue) throws Exception {
    channel.queueDeclare(queue, false, false, false, null);
    channel.basicConsume(
        queue,
        true,
        new DefaultConsumer(channel) {
          @Override
          public void handleDelivery(
              String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
            Messages.handle(text(body));
          }
        });
  }

  @Override
  public void send(String queue, String text) throws Exception {
    channel.basicPublish("", queue, headers(), text.getBytes(StandardCharsets.UTF_8));
  }

  private static AMQP.BasicProperties headers() {
    return new AMQP.BasicProperties.Builder()
        .headers(Map.of("traceparent", Messages.TRACEPARENT, "authorization", "s3cr3t-bearer"))
        .build();
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }
}
