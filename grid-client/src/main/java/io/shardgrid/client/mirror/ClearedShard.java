package io.shardgrid.client.mirror;

import io.shardgrid.failure.GridException;
import io.shardgrid.route.Outcome;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.wire.Answer;

/** Takes the canary's outcome of a clear of one shard. */
final class ClearedShard implements Outcome {
  private final Mirror mirror;
  private final Room room;
  private final String map;
  private final boolean isOfAll;

  ClearedShard(Mirror mirror, Room room, String map, boolean isOfAll) {
    this.mirror = mirror;
    this.room = room;
    this.map = map;
    this.isOfAll = isOfAll;
  }

  @Override
  public void resolved(Answer answer) {
    end(answer instanceof Answer.Failed);
  }

  @Override
  public void failed(GridException failure) {
    end(true);
  }

  private void end(boolean isLacking) {
    room.give(0);
    if (isLacking) {
      mirror.tally().failed.increment();
      mirror.lackClear(map, isOfAll);
    }
    mirror.writes().endAll();
  }

  @Override
  public TraceContext asker() {
    return TraceContext.UNSAMPLED;
  }
}
