package dev.coldstart.it.app;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Spring's {@code @Async} on each of its executors. */
public final class SpringAsyncWays implements Ways.OfLibrary {
  /** What is to be done elsewhere. */
  public interface Elsewhere {
    CompletableFuture<Integer> pool(Runnable work);

    CompletableFuture<Integer> simple(Runnable work);

    CompletableFuture<Integer> virtual(Runnable work);

    CompletableFuture<Integer> scheduler(Runnable work);
  }

  static class InThisThread implements Elsewhere {
    @Override
    @Async("pool")
    public CompletableFuture<Integer> pool(Runnable work) {
      return done(work);
    }

    @Override
    @Async("simple")
    public CompletableFuture<Integer> simple(Runnable work) {
      return done(work);
    }

    @Override
    @Async("virtual")
    public CompletableFuture<Integer> virtual(Runnable work) {
      return done(work);
    }

    @Override
    @Async("scheduler")
    public CompletableFuture<Integer> scheduler(Runnable work) {
      return done(work);
    }

    private static CompletableFuture<Integer> done(Runnable work) {
      work.run();
      return CompletableFuture.completedFuture(1);
    }
  }

  /** The beans. */
  @Configuration(proxyBeanMethods = false)
  @EnableAsync
  static class Beans {
    @Bean
    Elsewhere elsewhere() {
      return new InThisThread();
    }

    @Bean
    Executor pool() {
      ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor();
      pool.setCorePoolSize(2);
      return pool;
    }

    @Bean
    Executor simple() {
      return new SimpleAsyncTaskExecutor();
    }

    @Bean
    Executor virtual() {
      SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor();
      executor.setVirtualThreads(Runtime.version().feature() >= 21);
      return executor;
    }

    @Bean
    Executor scheduler() {
      return new ThreadPoolTaskScheduler();
    }
  }

  @Override
  public void addTo(Map<String, Ways.Way> all) {
    Elsewhere elsewhere =
        new AnnotationConfigApplicationContext(Beans.class).getBean(Elsewhere.class);
    all.put("pool", work -> elsewhere.pool(work).get());
    all.put("simple", work -> elsewhere.simple(work).get());
    all.put("virtual", work -> elsewhere.virtual(work).get());
    all.put("scheduler", work -> elsewhere.scheduler(work).get());
  }
}
