package io.shardgrid.node.resp;

import io.netty.buffer.ByteBuf;
import io.shardgrid.failure.GridException;
import io.shardgrid.key.Slot;
import io.shardgrid.node.access.GridAccess;
import io.shardgrid.node.security.Need;
import io.shardgrid.route.Outcome;
import io.shardgrid.route.Router;
import io.shardgrid.route.Scatter;
import io.shardgrid.route.ShardParts;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.resp.RespVersion;
import io.shardgrid.wire.resp.RespWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One command under way: its arguments, and the place of its reply among the connection's.
 *
 * <p>Confined to the connection's event loop, but for the calls that end it, which may come on any
 * thread: {@link #resolved}, {@link #failed}, {@link #reply}, {@link #error}.
 */
class Call implements Outcome {

  private static final int KEY_BYTES_MAX = 65_535;

  private final Connection connection;
  private final CommandSpec command;
  private final byte[][] args;
  private final int first;
  private final RespVersion version;

  private ReplyForm form = ReplyForm.OK;
  private @Nullable Answer answer;
  private @Nullable ReplyWriter writer;

  /** Written last, read first: publishes the reply to the event loop. */
  private volatile boolean isEnded;

  Call(Connection connection, CommandSpec command, byte[][] args) {
    this.connection = connection;
    this.command = command;
    this.args = args;
    this.first = command.firstArgument();
    this.version = connection.session().version();
  }

  // ---- what was asked

  CommandSpec command() {
    return command;
  }

  /** What this command needs, the way it is written. */
  Need need() {
    return command.rule().of(args);
  }

  Connection connection() {
    return connection;
  }

  Session session() {
    return connection.session();
  }

  RespServerState server() {
    return connection.server();
  }

  /** The grid; the command is known not to run before there is one. */
  GridAccess grid() {
    GridAccess grid = server().grid();
    if (grid == null) {
      throw new CommandRefusal(RespServerState.LOADING);
    }
    return grid;
  }

  /** The number of arguments behind the name, and the map. */
  int argCount() {
    return args.length - first;
  }

  /** An argument behind the name, and the map; the first is number 0. */
  byte[] arg(int number) {
    return args[first + number];
  }

  /** An argument as text. */
  String text(int number) {
    return new String(arg(number), StandardCharsets.UTF_8);
  }

  /** An argument as a word of the command language, in large letters. */
  String word(int number) {
    byte[] word = arg(number);
    return new String(word, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
  }

  /** An argument as a number. */
  long integer(int number) {
    return Decimal.parse(arg(number));
  }

  /** An argument as a key. */
  byte[] key(int number) {
    byte[] key = arg(number);
    if (key.length > KEY_BYTES_MAX) {
      throw new CommandRefusal(
          "ERR key is too large: keyBytesMax=" + KEY_BYTES_MAX + ", keyBytes=" + key.length);
    }
    return key;
  }

  /** An argument as a value. */
  byte[] value(int number) {
    byte[] value = arg(number);
    int valueBytesMax = server().settings().bounds().valueBytesMax();
    if (value.length > valueBytesMax) {
      throw new CommandRefusal(
          "ERR value is too large: grid.node.resp.value-bytes-max="
              + valueBytesMax
              + ", valueBytes="
              + value.length);
    }
    return value;
  }

  /** The map that the command is about. */
  String map() {
    int at = command.mapArgument(args);
    return at == 0 ? RespServerState.DEFAULT_MAP : session().mapName(args[at]);
  }

  // ---- asking shards

  /** Sends a request about one key to its shard; the answer ends the call. */
  void submit(byte[] key, Request request, ReplyForm replyForm) {
    submit(key, request, replyForm, this);
  }

  /** Sends a request about one key to its shard. */
  void submit(byte[] key, Request request, ReplyForm replyForm, Outcome outcome) {
    GridAccess grid = grid();
    int slot = Slot.of(key);
    String elsewhere = server().elsewhere(grid, slot);
    if (elsewhere != null) {
      error(elsewhere);
      return;
    }
    form = replyForm;
    Router router = grid.router();
    router.submit(
        grid.mapFor(map(), session().name()),
        Slot.shardOf(slot, router.shards()),
        request,
        router.settings().timeout().toNanos(),
        outcome);
  }

  /**
   * Sends requests about several keys to their shards; the merged answers end the call.
   *
   * @param request makes the request of one shard's keys
   * @param merge makes one answer of the answers of all shards
   */
  void submitAll(
      List<byte[]> keys,
      Function<ShardParts.Part, Request> request,
      BiFunction<ShardParts, AtomicReferenceArray<@Nullable Answer>, Answer> merge,
      ReplyForm replyForm) {
    GridAccess grid = grid();
    String elsewhere = server().elsewhere(grid, keys);
    if (elsewhere != null) {
      error(elsewhere);
      return;
    }
    form = replyForm;
    Router router = grid.router();
    String map = grid.mapFor(map(), session().name());
    long timeoutNanos = router.settings().timeout().toNanos();
    ShardParts parts = ShardParts.of(keys, router.shards());
    Scatter scatter =
        new Scatter(parts.byShard().size(), this, answers -> merge.apply(parts, answers));
    int number = 0;
    for (Map.Entry<Integer, ShardParts.Part> part : parts.byShard().entrySet()) {
      Outcome outcome = scatter.part(number++);
      router.submit(map, part.getKey(), request.apply(part.getValue()), timeoutNanos, outcome);
    }
  }

  /**
   * Sends the same request to every shard that this listener covers; the sum goes to the outcome.
   */
  void submitToEveryShard(Request request, ReplyForm replyForm, Outcome outcome) {
    GridAccess grid = grid();
    form = replyForm;
    Router router = grid.router();
    String map = grid.mapFor(map(), session().name());
    int[] shards = server().coveredShards(grid);
    Scatter scatter = new Scatter(shards.length, outcome, Scatter::sum);
    for (int number = 0; number < shards.length; number++) {
      router.submit(
          map,
          shards[number],
          request,
          router.settings().timeout().toNanos(),
          scatter.part(number));
    }
  }

  // ---- ending

  /** The server has decided about each command, so that the router does not once more. */
  @Override
  public TraceContext asker() {
    return TraceContext.UNSAMPLED;
  }

  @Override
  public void resolved(Answer found) {
    answer = found;
    end();
  }

  @Override
  public void failed(GridException failure) {
    error(Failures.text(failure));
  }

  /** Ends the call with this reply. */
  void reply(ReplyWriter reply) {
    writer = reply;
    end();
  }

  /** Ends a call that has no reply. */
  void replyNothing() {
    reply((out, ignored) -> {});
  }

  /** Ends the call with an error: code, blank, message. */
  void error(String text) {
    connection.server().counters().errors.increment();
    reply((out, ignored) -> RespWriter.error(out, text));
  }

  /** The reply is there. */
  void end() {
    isEnded = true;
    connection.ended();
  }

  boolean isEnded() {
    return isEnded;
  }

  /** Appends the reply of a call that has ended. */
  void write(ByteBuf out) {
    ReplyWriter ready = writer;
    Answer found = answer;
    if (ready != null) {
      ready.write(out, version);
    } else if (found instanceof Answer.Failed failed) {
      connection.server().counters().errors.increment();
      RespWriter.error(out, Failures.text(failed));
    } else if (found != null) {
      form.write(out, version, found);
    }
  }
}
