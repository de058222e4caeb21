package io.shardgrid.node.comparison;

import static java.util.Objects.requireNonNull;

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

  private @Nullable RedisClient client;
  private final ThreadLocal<StatefulRedisConnection<String, byte[]>> own =
      ThreadLocal.withInitial(() -> requireNonNull(client).connect(CODEC));
  private @Nullable StatefulRedisConnection<String, byte[]> shared;

  @Override
  public void open(Role role, int number) {
    if (role != Role.CLIENT) {
      throw new UnsupportedOperationException("redis is a server only: role=" + role);
    }
    RedisClient made = RedisClient.create("redis://127.0.0.1:" + PORT);
    client = made;
    shared = made.connect(CODEC);
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
    return requireNonNull(shared)
        .async()
        .get(key)
        .thenApply(value -> value != null && value.length == valueBytes);
  }

  @Override
  public CompletionStage<?> putAsync(String key, byte[] value) {
    return requireNonNull(shared).async().set(key, value);
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
    if (client != null) {
      client.shutdown();
    }
  }
}
