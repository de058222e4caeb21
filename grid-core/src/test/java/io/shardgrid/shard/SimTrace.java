package io.shardgrid.shard;

import io.shardgrid.wire.replica.Change;
import io.shardgrid.wire.replica.CopyItem;
import io.shardgrid.wire.replica.ReplicaMessage;
import java.nio.charset.StandardCharsets;

/** Messages in few words, for traces. */
final class SimTrace {

  private SimTrace() {}

  static String brief(ReplicaMessage message) {
    if (message instanceof ReplicaMessage.Append append) {
      return "Append{shard=%d seat=%x base=%d commit=%d writes=%s}"
          .formatted(
              append.shard(),
              append.seat() & 0xFFFF,
              append.base(),
              append.commit(),
              append.writes().stream()
                  .map(
                      write ->
                          write.seq()
                              + "@"
                              + (write.seat() & 0xFFFF)
                              + (write.change() instanceof Change.Put put
                                  ? ":" + new String(put.key(), StandardCharsets.UTF_8)
                                  : ""))
                  .toList());
    }
    if (message instanceof ReplicaMessage.Copy copy) {
      CopyItem item = copy.item();
      return "Copy{shard=%d seat=%x stream=%d attempt=%d index=%d %s}"
          .formatted(
              copy.shard(),
              copy.seat() & 0xFFFF,
              copy.stream(),
              copy.attempt(),
              copy.index(),
              item.getClass().getSimpleName()
                  + (item instanceof CopyItem.Reset reset ? " seq=" + reset.seq() : "")
                  + (item instanceof CopyItem.End end ? " seq=" + end.seq() : ""));
    }
    return message.toString();
  }
}
