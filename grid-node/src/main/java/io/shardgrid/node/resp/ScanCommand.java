package io.shardgrid.node.resp;

import io.netty.buffer.ByteBuf;
import io.shardgrid.failure.GridException;
import io.shardgrid.node.access.GridAccess;
import io.shardgrid.route.Outcome;
import io.shardgrid.route.Router;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.resp.RespWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code SCAN}: reads on from a cursor, shard after shard, until it has seen about as many entries
 * as the client wants to be looked at.
 *
 * <p>Confined to the connection's event loop; answers that come elsewhere are brought there.
 */
final class ScanCommand implements Outcome {

  private static final int COUNT_USUAL = 10;
  private static final int COUNT_MAX = 100_000;
  private static final ScanCursor END = new ScanCursor(0, 0);

  private final Call call;
  private final Router router;
  private final String map;
  private final int[] shards;
  private final List<byte[]> found = new ArrayList<>();

  private int count = COUNT_USUAL;
  private @Nullable Glob pattern;
  private boolean isForStrings = true;

  /** Index of the shard being read. */
  private int index;

  private long position;
  private int seen;

  /** Set while a request is handed over: an answer that comes then is taken afterwards. */
  private boolean isSubmitting;

  private @Nullable Answer early;

  private ScanCommand(Call call, GridAccess grid) {
    this.call = call;
    this.router = grid.router();
    this.map = call.map();
    this.shards = call.server().coveredShards(grid);
  }

  @Override
  public TraceContext asker() {
    return call.asker();
  }

  static void scan(Call call) {
    ScanCommand scan = new ScanCommand(call, call.grid());
    scan.begin(ScanCursor.parse(call.arg(0), scan.router.shards()));
  }

  private void begin(ScanCursor cursor) {
    readOptions();
    int from = Arrays.binarySearch(shards, cursor.shard());
    // A shard that has moved away since is passed over: its new node has it in its own scan.
    index = from >= 0 ? from : -from - 1;
    position = from >= 0 ? cursor.position() : 0;
    readOn();
  }

  private void readOptions() {
    for (int at = 1; at < call.argCount(); at += 2) {
      if (at + 1 == call.argCount()) {
        throw CommandRefusal.syntax();
      }
      switch (call.word(at)) {
        case "MATCH" -> pattern = new Glob(call.arg(at + 1));
        case "COUNT" -> count = countOf(call.integer(at + 1));
        case "TYPE" -> isForStrings = call.word(at + 1).equals("STRING");
        default -> throw CommandRefusal.syntax();
      }
    }
  }

  private static int countOf(long wanted) {
    if (wanted < 1) {
      throw CommandRefusal.syntax();
    }
    return (int) Math.min(wanted, COUNT_MAX);
  }

  private void readOn() {
    while (index < shards.length && seen < count) {
      isSubmitting = true;
      Request request = new Request.Scan(position, count - seen, false);
      long timeoutNanos = router.settings().timeout().toNanos();
      router.submit(map, shards[index], request, timeoutNanos, this);
      isSubmitting = false;
      Answer answer = early;
      if (answer == null) {
        return;
      }
      early = null;
      if (!take(answer)) {
        return;
      }
    }
    finish();
  }

  @Override
  public void resolved(Answer answer) {
    if (call.connection().isOnItsLoop() && isSubmitting) {
      early = answer;
    } else {
      call.connection().onItsLoop(() -> readOnWith(answer));
    }
  }

  @Override
  public void failed(GridException failure) {
    call.failed(failure);
  }

  private void readOnWith(Answer answer) {
    if (take(answer)) {
      readOn();
    }
  }

  /** Takes a page; anything else ends the call. */
  private boolean take(Answer answer) {
    if (!(answer instanceof Answer.Page page)) {
      call.resolved(answer);
      return false;
    }
    seen += page.entries().size();
    for (Answer.Item item : page.entries()) {
      if (isForStrings && (pattern == null || pattern.matches(item.key()))) {
        found.add(item.key());
      }
    }
    position = page.position();
    if (position == 0) {
      index++;
    }
    return true;
  }

  private void finish() {
    ScanCursor next = index < shards.length ? new ScanCursor(shards[index], position) : END;
    call.reply((out, version) -> write(out, next));
  }

  private void write(ByteBuf out, ScanCursor next) {
    RespWriter.arrayHeader(out, 2);
    RespWriter.bulk(out, next.text());
    RespWriter.arrayHeader(out, found.size());
    for (byte[] key : found) {
      RespWriter.bulk(out, key);
    }
  }
}
