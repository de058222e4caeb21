package io.shardgrid.client.mirror;

import io.shardgrid.failure.GridException;
import io.shardgrid.route.Outcome;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.wire.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Production's outcome for several keys, told to the caller and to each of them. */
final class SeveralKeys implements Outcome {
  private final RouterCaller told;
  private final List<@Nullable Duet> duets;

  SeveralKeys(RouterCaller told, List<@Nullable Duet> duets) {
    this.told = told;
    this.duets = duets;
  }

  @Override
  public void resolved(Answer answer) {
    told.resolved(answer);
    for (int number = 0; number < duets.size(); number++) {
      Duet duet = duets.get(number);
      if (duet != null) {
        duet.production(SideReply.of(part(answer, number)));
      }
    }
  }

  private static Answer part(Answer answer, int number) {
    if (!(answer instanceof Answer.Values values)) {
      return answer;
    }
    byte[] value = values.values().get(number);
    return value == null ? Answer.Absent.INSTANCE : new Answer.Entry(value, value.length, 0, 0, -1);
  }

  @Override
  public void failed(GridException failure) {
    told.failed(failure);
    SideReply reply = SideReply.of(failure);
    for (Duet duet : duets) {
      if (duet != null) {
        duet.production(reply);
      }
    }
  }

  @Override
  public TraceContext asker() {
    return told.asker();
  }
}
