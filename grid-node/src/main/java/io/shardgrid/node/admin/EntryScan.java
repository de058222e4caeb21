package io.shardgrid.node.admin;

import io.shardgrid.node.access.GridAccess;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Reads some entries of a map, shard after shard, within a bound of requests: with few entries, or
 * a prefix that few have, a page may be short or empty and still name where to read on. One request
 * is under way at a time.
 */
final class EntryScan {

  private static final int REQUESTS_MAX = 64;

  private final GridAccess grid;
  private final String map;
  private final byte[] prefix;
  private final int limit;
  private final List<EntryJson.Line> found = new ArrayList<>();
  private int shard;
  private long position;
  private int requests;

  /**
   * A scan.
   *
   * @param prefix what keys begin with; empty for all
   * @param cursor shard and position
   * @throws Parameters.Wrong if there is no such cursor
   */
  EntryScan(GridAccess grid, String map, byte[] prefix, int limit, List<Long> cursor) {
    this.grid = grid;
    this.map = map;
    this.prefix = prefix;
    this.limit = limit;
    long from = cursor.get(0);
    if (from < 0 || from >= grid.router().shards()) {
      throw new Parameters.Wrong("There is no such shard: cursor begins with " + from);
    }
    this.shard = (int) from;
    this.position = cursor.get(1);
  }

  /** Reads until there are enough; the stage fails with what the grid says. */
  CompletionStage<EntryJson.Page> run() {
    return step();
  }

  private CompletableFuture<EntryJson.Page> step() {
    boolean isAtEnd = shard >= grid.router().shards();
    if (isAtEnd || found.size() >= limit || requests >= REQUESTS_MAX) {
      return CompletableFuture.completedFuture(
          new EntryJson.Page(map, List.copyOf(found), isAtEnd ? null : shard + "." + position));
    }
    requests++;
    Request request = new Request.Scan(position, limit - found.size(), true);
    return ShardAnswer.of(grid, map, shard, request)
        .thenCompose(
            answer -> {
              take(answer);
              return step();
            });
  }

  private void take(Answer answer) {
    if (!(answer instanceof Answer.Page page)) {
      throw new IllegalStateException("A scan was answered otherwise: " + answer.kind());
    }
    for (Answer.Item item : page.entries()) {
      if (beginsWithPrefix(item.key())) {
        found.add(EntryJson.lineOf(shard, item));
      }
    }
    position = page.position();
    if (position == 0) {
      shard++;
    }
  }

  private boolean beginsWithPrefix(byte[] key) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
