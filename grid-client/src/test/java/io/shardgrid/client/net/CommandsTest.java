package io.shardgrid.client.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.OperationCodec;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.WireReader;
import io.shardgrid.wire.WireWriter;
import io.shardgrid.wire.resp.RespLimits;
import io.shardgrid.wire.resp.RespRequestDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands as bytes. */
final class CommandsTest {

  private static final UnpooledByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;
  private static final RespLimits LIMITS = new RespLimits(8, 1 << 20, 1 << 10, 1 << 20);

  @Test
  void opensAConnectionWithTwoCommands() {
    ByteBuf out = Commands.hello(ALLOCATOR, Long.MAX_VALUE, null);
    RespRequestDecoder decoder = new RespRequestDecoder(LIMITS);
    assertThat(texts(decoder.decode(out))).containsExactly("HELLO", "3");
    assertThat(texts(decoder.decode(out)))
        .containsExactly("GRID.HELLO", "9223372036854775807", "1");
    assertThat(out.isReadable()).isFalse();
  }

  @Test
  void saysWhoItIsFirst() {
    ByteBuf out = Commands.hello(ALLOCATOR, 7, new Login("alice", "a b\"c"));
    RespRequestDecoder decoder = new RespRequestDecoder(LIMITS);
    assertThat(texts(decoder.decode(out))).containsExactly("HELLO", "3", "AUTH", "alice", "a b\"c");
    assertThat(texts(decoder.decode(out))).containsExactly("GRID.HELLO", "7", "1");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100, 3_000})
  void packsOperationsIntoOneCommand(int count) {
    WireWriter items = new WireWriter(0);
    for (int seq = 1; seq <= count; seq++) {
      OperationCodec.write(items, operation(seq), 5);
    }
    ByteBuf out = Commands.operations(ALLOCATOR, items);
    byte[][] command = Objects.requireNonNull(new RespRequestDecoder(LIMITS).decode(out));
    assertThat(out.isReadable()).isFalse();
    assertThat(new String(command[0], StandardCharsets.US_ASCII)).isEqualTo("GRID.OP");
    WireReader blob = new WireReader(command[1]);
    for (int seq = 1; seq <= count; seq++) {
      assertThat(OperationCodec.read(blob, 5).seq()).isEqualTo(seq);
    }
    assertThat(blob.isReadable()).isFalse();
  }

  private static Operation operation(long seq) {
    return new Operation("map", 3, 7, seq, 1, 2, 0, 1_000, new Request.Get(new byte[] {1}));
  }

  private static List<String> texts(byte @Nullable [][] args) {
    return Arrays.stream(Objects.requireNonNull(args))
        .map(arg -> new String(arg, StandardCharsets.US_ASCII))
        .toList();
  }
}
