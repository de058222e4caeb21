package io.shardgrid.shard;

import static io.shardgrid.shard.Shell.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.bucket.PageBudget;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

final class OrderPropertyTest {

  private static final ReplicaSettings TIGHT =
      new ReplicaSettings(2, 400, 3, 4096, 1, Duration.ofMinutes(10), 3, 100, 1024, 10, 20);
  private static final long WRITES = 60;

  @Property(tries = 300)
  void keepsTheOrderOfPipelinedWritesWhateverIsRefused(@ForAll @LongRange(min = 0) long seed) {
    Pipeline pipeline = new Pipeline(seed);
    for (int i = 0; i < 100_000 && !pipeline.isDone(); i++) {
      pipeline.step();
    }
    assertThat(pipeline.isDone()).as("every write is answered in the end").isTrue();
    pipeline.shell.minEpoch = Shell.SEAT;
    String expected =
        LongStream.rangeClosed(1, WRITES).mapToObj(i -> i + ",").collect(Collectors.joining());
    assertThat(pipeline.shell.read("log")).isEqualTo(expected);
  }

  /** A caller that sends on without waiting and sends again what is refused, over a FIFO link. */
  private static final class Pipeline {
    private final SplittableRandom random;
    private final Shell shell = new Shell(Shell.A, TIGHT, PageBudget.unlimited());
    private final ArrayDeque<Long> link = new ArrayDeque<>();
    private final ArrayDeque<Long> refused = new ArrayDeque<>();
    private final TreeSet<Long> open = new TreeSet<>();
    private int answersRead;
    private long next = 1;
    private long epoch = Shell.SEAT;

    private Pipeline(long seed) {
      random = new SplittableRandom(seed);
      // Else the first operations come before any placement.
      if (random.nextBoolean()) {
        shell.place(Shell.placement(Shell.SEAT, Epoch.NONE, Shell.A));
      }
    }

    private boolean isDone() {
      return next > WRITES && open.isEmpty();
    }

    private void step() {
      switch (random.nextInt(6)) {
        case 0 -> sendNew();
        case 1, 2 -> deliver();
        case 3 -> readAnswer();
        case 4 -> sendAgain();
        default -> changePlacement();
      }
    }

    private void sendNew() {
      if (next <= WRITES) {
        open.add(next);
        link.add(next);
        next++;
      }
    }

    private void deliver() {
      Long seq = link.poll();
      if (seq != null) {
        long doneBelow = open.isEmpty() ? seq : Math.min(seq, open.first());
        Request append = new Request.Append(bytes("log"), bytes(seq + ","));
        Operation operation = shell.operation(Shell.CLIENT, seq, doneBelow, append);
        shell.send(operation);
      }
    }

    private void readAnswer() {
      if (answersRead < shell.answered.size()) {
        Shell.Answered one = shell.answered.get(answersRead);
        answersRead++;
        if (one.answer() instanceof Answer.Later) {
          refused.add(one.operation().seq());
        } else {
          open.remove(one.operation().seq());
        }
      }
    }

    private void sendAgain() {
      Long seq = refused.poll();
      if (seq != null) {
        link.add(seq);
      }
    }

    /** A newer epoch of the same seat; now and then operations name it before the replica does. */
    private void changePlacement() {
      if (random.nextInt(4) == 0 && epoch == shell.minEpoch) {
        epoch++;
        shell.minEpoch = epoch;
      } else {
        shell.place(
            new PlacementEntry(
                Shell.SHARD, epoch, Shell.SEAT, Epoch.NONE, Shell.A, List.of(Shell.A)));
      }
    }
  }
}
