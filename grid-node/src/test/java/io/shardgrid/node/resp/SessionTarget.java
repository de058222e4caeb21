package io.shardgrid.node.resp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.shardgrid.fuzz.ErrorLog;
import io.shardgrid.fuzz.FuzzTarget;
import io.shardgrid.fuzz.Pieces;
import io.shardgrid.node.access.InProcessGrid;
import io.shardgrid.node.security.AccessDesk;
import io.shardgrid.node.security.SampleUsers;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.OperationCodec;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.WireFormat;
import io.shardgrid.wire.WireWriter;
import io.shardgrid.wire.resp.RespLimits;
import io.shardgrid.wire.resp.RespReplyDecoder;
import io.shardgrid.wire.resp.RespValue;
import io.shardgrid.wire.resp.RespWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Connections of clients, from bytes to replies, plain and native: replies make sense, however the
 * bytes are cut the same kinds of replies come, a stranger runs nothing, and nothing is logged as a
 * bug.
 */
final class SessionTarget implements FuzzTarget {

  /* An input: proxy mode, cluster mode, or with users (1 byte), and what the client sends. */

  private static final RespLimits WIDE = new RespLimits(1 << 20, 64 << 20, 1 << 20, 64 << 20);
  private static final int DEPTH_MAX = 16;
  private static final int SHARDS = RespFixture.SHARDS;
  private static final RespSettings PROXY =
      RespSettings.from(RespFixture.config("pipeline-max = 1000", "args-max = 100"));
  private static final RespSettings CLUSTER =
      RespSettings.from(RespFixture.config("mode = cluster", "pipeline-max = 1000"));

  private final ErrorLog errors = ErrorLog.listening();
  private final AccessDesk nobody = AccessDesk.unattended();
  private final AccessDesk users = SampleUsers.desk();
  private final Dispatcher dispatcher = new Dispatcher(CommandTable.get());

  /** Nothing was ever asked of it. */
  private InProcessGrid untouched = new InProcessGrid(SHARDS);

  SessionTarget() {
    // Else a password would be looked at by another thread, or not, as many as wait of the inputs
    // before. So each one is refused at once, as by a node that has too many.
    users.logins().close();
  }

  /** What came of the bytes: the replies' kinds, and how many operations got to the grid. */
  private record Outcome(List<String> replies, int operations) {}

  @Override
  public boolean run(byte[] input) {
    if (input.length == 0) {
      return false;
    }
    int mode = (input[0] & 0xFF) % 3;
    byte[] said = Arrays.copyOfRange(input, 1, input.length);
    Outcome whole = outcome(List.of(said), mode);
    Outcome some = outcome(Pieces.some(said), mode);
    errors.requireNone();
    if (!whole.replies.equals(some.replies)) {
      throw new AssertionError("cut: whole=" + whole + ", some=" + some);
    }
    if (mode == 2 && whole.operations + some.operations > 0) {
      throw new AssertionError("a stranger gets to the grid: " + whole);
    }
    return whole.replies.stream().anyMatch(reply -> !reply.startsWith("Failure"));
  }

  private Outcome outcome(List<byte[]> pieces, int mode) {
    AtomicInteger operations = new AtomicInteger();
    InProcessGrid grid = untouched;
    grid.holdBack(
        operation -> {
          operations.incrementAndGet();
          return false;
        });
    RespServerState state =
        new RespServerState(mode == 1 ? CLUSTER : PROXY, mode == 2 ? users : nobody);
    state.serve(grid);
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel opened) {
                opened.pipeline().addLast(new Connection(state, dispatcher, opened));
              }
            });
    RespReplyDecoder decoder = new RespReplyDecoder(WIDE, DEPTH_MAX);
    ByteBuf out = Unpooled.buffer();
    List<String> replies = new ArrayList<>();
    for (byte[] piece : pieces) {
      if (channel.isOpen()) {
        channel.writeInbound(Unpooled.copiedBuffer(piece));
        channel.runPendingTasks();
      }
      read(channel, out, decoder, replies);
    }
    channel.finish();
    read(channel, out, decoder, replies);
    if (out.isReadable()) {
      throw new AssertionError("half a reply: bytes=" + out.readableBytes());
    }
    if (operations.get() > 0) {
      untouched = new InProcessGrid(SHARDS);
    }
    return new Outcome(replies, operations.get());
  }

  private static void read(
      EmbeddedChannel channel, ByteBuf out, RespReplyDecoder decoder, List<String> replies) {
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      out.writeBytes(part);
      part.release();
    }
    for (RespValue value = decoder.decode(out); value != null; value = decoder.decode(out)) {
      // Native answers are gathered as they are there, so how many pushes that makes may differ.
      if (!(value instanceof RespValue.Items items && items.kind() == RespValue.Kind.PUSH)) {
        replies.add(kindOf(value));
      }
    }
    out.discardReadBytes();
  }

  /** Times, ports and numbers of connections may differ: what kind of reply it is may not. */
  private static String kindOf(RespValue value) {
    return value instanceof RespValue.Failure failure
        ? "Failure " + failure.code()
        : value.getClass().getSimpleName();
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (int mode = 0; mode < 3; mode++) {
      for (CommandSpec command : CommandTable.get().all()) {
        seeds.add(seed(mode, command.name(), "k", "1"));
      }
      seeds.add(text(mode, "SET k v EX 100\r\nGET k\r\nSCAN 0 MATCH *k* COUNT 10\r\nTTL k\r\n"));
      seeds.add(text(mode, "HELLO 3\r\nMSET a 1 b 2\r\nMGET a b c\r\nINCRBY a 5\r\nDBSIZE\r\n"));
      seeds.add(text(mode, "HELLO 3 AUTH reader wrong\r\nAUTH reader wrong\r\nGET k\r\n"));
      seeds.add(text(mode, "CLIENT LIST\r\nCLUSTER SLOTS\r\nCOMMAND DOCS get\r\nINFO\r\n"));
      seeds.add(text(mode, "GRID.SET m k v\r\nGRID.GET m k\r\nGRID.SCAN m 0\r\nGRID.SIZE m\r\n"));
      seeds.add(nativeSession(mode));
    }
    return seeds;
  }

  private static byte[] text(int mode, String text) {
    byte[] said = text.getBytes(StandardCharsets.UTF_8);
    return Unpooled.buffer(1 + said.length).writeByte(mode).writeBytes(said).array();
  }

  private static byte[] seed(int mode, String... words) {
    ByteBuf out = Unpooled.buffer().writeByte(mode);
    RespWriter.command(
        out,
        Arrays.stream(words)
            .map(word -> word.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new));
    return taken(out);
  }

  private static byte[] taken(ByteBuf out) {
    byte[] bytes = new byte[out.readableBytes()];
    out.readBytes(bytes);
    return bytes;
  }

  private static byte[] nativeSession(int mode) {
    ByteBuf out = Unpooled.buffer().writeByte(mode);
    out.writeBytes(
        ("HELLO 3\r\nGRID.HELLO 7 " + WireFormat.VERSION + "\r\n")
            .getBytes(StandardCharsets.UTF_8));
    byte[] key = {1, 2};
    WireWriter batch = new WireWriter(64);
    List<Request> requests =
        List.of(
            new Request.Put(key, key, Expiry.NEVER, Condition.ALWAYS, true),
            new Request.Get(key),
            new Request.Scan(0, 10, true),
            new Request.Describe());
    for (int i = 0; i < requests.size(); i++) {
      OperationCodec.write(
          batch,
          new Operation("m", 1, 7, i + 1, 1, 1L << 32, 0, 3_000_000_000L, requests.get(i)),
          0);
    }
    RespWriter.command(out, "GRID.OP".getBytes(StandardCharsets.UTF_8), batch.toBytes());
    return taken(out);
  }

  @Override
  public int inputBytesMax() {
    return 2000;
  }

  /** Two grids, and what they answer: the table of all commands is the longest. */
  @Override
  public long allocatedBytesMax(int inputBytes) {
    return (8L << 20) + (64L << 10) * inputBytes;
  }

  @Override
  public long stepsMax(int inputBytes) {
    return 2_000_000 + 20_000L * inputBytes;
  }

  @Override
  public void close() {
    errors.close();
    nobody.close();
    users.close();
  }
}
