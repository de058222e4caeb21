package io.shardgrid.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

final class SeatChangePropertyTest {

  @Property(tries = 1_000)
  void letsOneActAndLosesNothing(
      @ForAll @LongRange(min = 0) long seed, @ForAll @IntRange(min = 1, max = 120) int steps) {
    Course course = new Course(seed);
    for (int i = 0; i < steps; i++) {
      course.step();
    }
    course.heal();
  }

  /** Three replicas whose placements and messages are late, lost, doubled and out of order. */
  private static final class Course {
    private final SplittableRandom random;
    private final List<Shell> shells =
        List.of(new Shell(Shell.A), new Shell(Shell.B), new Shell(Shell.C));
    private final List<PlacementEntry> placements = new ArrayList<>();
    private int written;

    private Course(long seed) {
      random = new SplittableRandom(seed);
      // The founding is heard of: nobody could stand in for a founder that never knew of its seat.
      PlacementEntry founding = Shell.placement(Shell.SEAT, Epoch.NONE, Shell.A);
      placements.add(founding);
      shells.get(0).place(founding);
    }

    private void step() {
      Shell shell = shells.get(random.nextInt(3));
      switch (random.nextInt(10)) {
        case 0, 1 -> name(shell);
        case 2, 3, 4 -> shell.place(placements.get(random.nextInt(placements.size())));
        case 5, 6 -> carrySome(shell);
        case 7 -> shell.tick();
        case 8 -> shell.yields.clear();
        default -> write(shell);
      }
      assertThat(shells.stream().filter(Shell::isActing).count()).isLessThanOrEqualTo(1);
    }

    private void name(Shell shell) {
      PlacementEntry last = placements.get(placements.size() - 1);
      long seat = last.seat() + 1;
      placements.add(Shell.placement(seat, last.seat(), shell.self));
    }

    private void carrySome(Shell from) {
      for (Shell.Sent sent : List.copyOf(from.yields)) {
        if (random.nextBoolean()) {
          to(sent).yielded(from.self, sent.yield());
        }
      }
      for (Shell.Sent sent : List.copyOf(from.acknowledgements)) {
        if (random.nextBoolean()) {
          to(sent).replica.yieldAcknowledged(sent.yield(), to(sent));
        }
      }
      if (random.nextInt(3) == 0) {
        from.yields.clear();
        from.acknowledgements.clear();
      }
    }

    private void write(Shell shell) {
      shell.minEpoch = Math.max(shell.minEpoch, shell.replica.survey().seat());
      boolean isNewest = shell.minEpoch <= shell.replica.survey().epoch();
      if (shell.isActing() && isNewest) {
        Answer answer = shell.ask(Shell.put("k" + written, "v"));
        assertThat(answer).isInstanceOf(Answer.Stored.class);
        written++;
      }
    }

    /** Faults stop; whoever has the data is named: it acts, and has every write. */
    private void heal() {
      deliverAll();
      Shell richest = shells.get(0);
      for (Shell shell : shells) {
        richest = shell.sequence() > richest.sequence() ? shell : richest;
      }
      name(richest);
      deliverAll();
      assertThat(richest.isActing()).isTrue();
      for (int i = 0; i < written; i++) {
        richest.minEpoch = richest.replica.survey().seat();
        assertThat(richest.read("k" + i)).isEqualTo("v");
      }
    }

    private void deliverAll() {
      for (int round = 0; round < 10 + placements.size(); round++) {
        for (Shell shell : shells) {
          shell.place(placements.get(placements.size() - 1));
          shell.tick();
          List<Shell.Sent> yields = List.copyOf(shell.yields);
          List<Shell.Sent> acknowledgements = List.copyOf(shell.acknowledgements);
          shell.yields.clear();
          shell.acknowledgements.clear();
          yields.forEach(sent -> to(sent).yielded(shell.self, sent.yield()));
          acknowledgements.forEach(
              sent -> to(sent).replica.yieldAcknowledged(sent.yield(), to(sent)));
        }
      }
    }

    private Shell to(Shell.Sent sent) {
      return shells.stream()
          .filter(shell -> shell.self.equals(sent.to()))
          .findFirst()
          .orElseThrow();
    }
  }
}
