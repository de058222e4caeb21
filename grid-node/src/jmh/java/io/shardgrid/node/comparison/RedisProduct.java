package io.shardgrid.node.comparison;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * redis-server without persistence, by Lettuce: a connection for each thread that waits, and one
 * for all calls that do not.
 */
final class RedisProduct implements Product {

  static final int PORT = 17_631;

  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.ASCII, ByteArrayCodec.INSTANCE);

  private final RedisClient client = RedisClient.create("redis://127.0.0.1:" + PORT);
  private final ThreadLocal<StatefulRedisConnection<String, byte[]>> own =
      ThreadLocal.withInitial(() -> client.connect(CODEC));
  private @Nullable StatefulRedisConnection<String, byte[]> shared;

  @Override
  public void open(Role role, int number) {
    if (role != Role.CLIENT) {
      throw new UnsupportedOperationException("redis is a server only: role=" + role);
    }
    shared = client.connect(CODEC);
  }

  private StatefulRedisConnection<String, byte[]> shared() {
    StatefulRedisConnection<String, byte[]> opened = shared;
    if (opened == null) {
      throw new IllegalStateException("not open");
    }
    return opened;
  }

  @Override
  public byte @Nullable [] get(String key) {
    return own.get().sync().get(key);
  }

  @Override
  public void put(String key, byte[] value) {
    own.get().sync().set(key, value);
  }

  @Override
  public CompletionStage<Boolean> getAsync(String key, int valueBytes) {
    return shared()
        .async()
        .get(key)
        .thenApply(value -> value != null && value.length == valueBytes);
  }

  @Override
  public CompletionStage<?> putAsync(String key, byte[] value) {
    return shared().async().set(key, value);
  }

  @Override
  public Server server() throws IOException {
    Server server = start();
    server.awaitPort(PORT);
    return server;
  }

  static Server start() throws IOException {
    return Server.stubborn(
        "redis-server",
        "--port",
        Integer.toString(PORT),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--appendonly",
        "no");
  }

  @Override
  public void close() {
    client.shutdown();
  }
}
