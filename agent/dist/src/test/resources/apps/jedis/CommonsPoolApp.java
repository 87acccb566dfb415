package dev.coldstart.it.app;

import java.time.Duration;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;

/** The pool that Jedis uses, with one object. Argument: longest wait in ms, -1 for none. */
public final class CommonsPoolApp extends Pooled {
  private final GenericObjectPool<Object> pool = new GenericObjectPool<>(new Factory());

  private static final class Factory extends BasePooledObjectFactory<Object> {
    @Override
    public Object create() {
      return new Object();
    }

    @Override
    public PooledObject<Object> wrap(Object object) {
      return new DefaultPooledObject<>(object);
    }
  }

  @Override
  protected void open(String[] args) {
    pool.setMaxTotal(1);
    pool.setMaxWait(Duration.ofMillis(Long.parseLong(args[0])));
  }

  @Override
  protected AutoCloseable take() throws Exception {
    Object object = pool.borrowObject();
    return () -> pool.returnObject(object);
  }
}
