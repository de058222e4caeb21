package io.shardgrid.shard;

import static io.shardgrid.shard.Shell.A;
import static io.shardgrid.shard.Shell.B;
import static io.shardgrid.shard.Shell.CLIENT;
import static io.shardgrid.shard.Shell.SEAT;
import static io.shardgrid.shard.Shell.bytes;
import static io.shardgrid.shard.Shell.get;
import static io.shardgrid.shard.Shell.placement;
import static io.shardgrid.shard.Shell.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReplicaTest {

  private static final long NEXT = Epoch.of(1, 2);
  private static final long AFTER = Epoch.of(1, 3);

  @Test
  void refusesUntilLaterWhileItKnowsNoPlacementAndKeepsTheOrder() {
    Shell shell = new Shell(A);
    Operation first = shell.operation(CLIENT, 1, 1, put("a", "1"));
    Operation second = shell.operation(CLIENT, 2, 1, put("a", "2"));
    assertThat(shell.tell(first)).isInstanceOf(Answer.Later.class);
    shell.place(placement(SEAT, Epoch.NONE, A));
    assertThat(shell.tell(second)).as("on its way before").isInstanceOf(Answer.Later.class);
    assertThat(shell.tell(first)).isEqualTo(new Answer.Stored(true, 1, null));
    assertThat(shell.tell(second)).isEqualTo(new Answer.Stored(true, 2, null));
    assertThat(shell.replica.survey().refused()).isEqualTo(2);
  }

  @Test
  void saysWhoIsNamedInstead() {
    Shell shell = new Shell(A);
    PlacementEntry elsewhere = placement(SEAT, Epoch.NONE, B);
    shell.place(elsewhere);
    assertThat(shell.ask(get("a"))).isEqualTo(new Answer.Moved(elsewhere));
  }

  @Test
  void refusesWhatWasSentBeforeItsSeat() {
    Shell shell = Shell.acting();
    shell.place(placement(NEXT, SEAT, A));
    assertThat(shell.ask(put("a", "1"))).isEqualTo(new Answer.Moved(placement(NEXT, SEAT, A)));
    shell.minEpoch = NEXT;
    assertThat(shell.ask(put("a", "1"))).isInstanceOf(Answer.Stored.class);
  }

  @Test
  void goesOnInItsSeatWithANewEpoch() {
    Shell shell = Shell.acting();
    PlacementEntry grown = new PlacementEntry(Shell.SHARD, NEXT, SEAT, Epoch.NONE, A, List.of(A));
    shell.place(grown);
    assertThat(shell.taken).hasSize(1);
    assertThat(shell.ask(put("a", "1"))).isInstanceOf(Answer.Stored.class);
    assertThat(shell.replica.survey().epoch()).isEqualTo(NEXT);
    shell.place(placement(SEAT, Epoch.NONE, B));
    assertThat(shell.isActing()).as("an older placement is ignored").isTrue();
  }

  @Test
  void holdsWhatIsNewerThanItsPlacementAndReleasesItInOrder() {
    Shell shell = Shell.acting();
    shell.minEpoch = AFTER;
    for (int i = 1; i <= 3; i++) {
      assertThat(shell.tell(put("a", "" + i))).isNull();
    }
    shell.place(placement(NEXT, SEAT, A));
    assertThat(shell.answered).isEmpty();
    shell.place(placement(AFTER, NEXT, A));
    assertThat(shell.answeredSeqs()).containsExactly(1L, 2L, 3L);
    assertThat(shell.read("a")).isEqualTo("3");
  }

  @Test
  void refusesUntilLaterWhenItHoldsTooMuchAndKeepsTheOrder() {
    Shell shell = Shell.acting();
    shell.minEpoch = NEXT;
    for (int i = 1; i <= 8; i++) {
      assertThat(shell.tell(put("a", "" + i))).isNull();
    }
    Operation ninth = shell.operation(CLIENT, 9, 1, put("a", "9"));
    Operation tenth = shell.operation(CLIENT, 10, 1, put("a", "10"));
    assertThat(shell.tell(ninth)).isInstanceOf(Answer.Later.class);
    shell.place(placement(NEXT, SEAT, A));
    assertThat(shell.read("a")).isEqualTo("8");
    assertThat(shell.tell(tenth)).isInstanceOf(Answer.Later.class);
    assertThat(shell.tell(ninth)).isInstanceOf(Answer.Stored.class);
    assertThat(shell.tell(tenth)).isInstanceOf(Answer.Stored.class);
  }

  @Test
  void dropsHeldOperationsAtTheirDeadline() {
    Shell shell = Shell.acting();
    shell.minEpoch = NEXT;
    shell.tell(put("a", "1"));
    shell.passMillis(5_001);
    shell.tick();
    shell.place(placement(NEXT, SEAT, A));
    assertThat(shell.answered).isEmpty();
    assertThat(shell.replica.survey().dropped()).isEqualTo(1);
    assertThat(shell.dropped).hasSize(1);
    assertThat(shell.sequence()).isZero();
  }

  @Test
  void dropsWhatComesTooLateButAnswersItsRepeat() {
    Shell shell = Shell.acting();
    Operation write = shell.operation(CLIENT, 1, 1, put("a", "1"));
    Operation late = shell.operation(CLIENT, 2, 1, put("a", "2"));
    Operation lateRead = shell.operation(CLIENT, 3, 1, get("a"));
    Answer answer = shell.tell(write);
    shell.passMillis(5_001);
    assertThat(shell.tell(write)).isEqualTo(answer);
    assertThat(shell.tell(late)).isNull();
    assertThat(shell.tell(lateRead)).isNull();
    assertThat(shell.replica.survey().dropped()).isEqualTo(2);
    assertThat(shell.dropped).containsExactly(late, lateRead);
    assertThat(shell.sequence()).isEqualTo(1);
  }

  @Test
  void saysThatALostShardIsLost() {
    Shell shell = new Shell(A);
    shell.place(placement(SEAT, Epoch.NONE, null));
    assertThat(shell.ask(get("a")))
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo(FailureCode.SHARD_LOST);
              assertThat(failed.message()).contains("shard=3", "map=cities", "accept");
            });
  }

  @Test
  void answersARepeatWithoutCarryingItOutAgain() {
    Shell shell = Shell.acting();
    Operation write = shell.operation(CLIENT, 1, 1, new Request.Add(bytes("n"), 5));
    Operation other = shell.operation(CLIENT, 1, 1, put("n", "99"));
    assertThat(shell.tell(write)).isEqualTo(new Answer.Amount(5));
    assertThat(shell.tell(write)).isEqualTo(new Answer.Amount(5));
    assertThat(shell.tell(other)).isEqualTo(new Answer.Amount(5));
    assertThat(shell.read("n")).isEqualTo("5");
  }

  @Test
  void dropsARepeatOfWhatItsClientIsDoneWith() {
    Shell shell = Shell.acting();
    Operation write = shell.operation(CLIENT, 1, 1, new Request.Add(bytes("n"), 5));
    shell.send(write);
    shell.send(shell.operation(CLIENT, 2, 2, put("a", "1")));
    assertThat(shell.tell(write)).isNull();
    assertThat(shell.read("n")).isEqualTo("5");
  }

  @Test
  void refusesNewWritesAtTheBoundOnOpenOnesAndEvictsNone() {
    Shell shell = Shell.acting();
    for (int i = 1; i <= 16; i++) {
      shell.send(shell.operation(CLIENT, i, 1, new Request.Add(bytes("n"), 1)));
    }
    assertThat(shell.tell(shell.operation(CLIENT, 17, 1, put("a", "1"))))
        .isInstanceOf(Answer.Later.class);
    assertThat(shell.tell(shell.operation(CLIENT, 18, 1, get("n"))))
        .as("a read behind it waits for its turn too")
        .isInstanceOf(Answer.Later.class);
    assertThat(shell.tell(shell.operation(CLIENT, 1, 1, put("a", "1"))))
        .isEqualTo(new Answer.Amount(1));
    assertThat(shell.tell(shell.operation(CLIENT, 17, 3, put("a", "1"))))
        .isInstanceOf(Answer.Stored.class);
    assertThat(shell.tell(shell.operation(CLIENT, 18, 3, get("n"))))
        .isInstanceOf(Answer.Entry.class);
  }

  @Test
  void sweepsExpiredEntriesAStepATick() {
    Shell shell = Shell.acting();
    for (int i = 0; i < 200; i++) {
      shell.ask(put("k" + i, "v", i % 2 == 0 ? Expiry.after(100) : Expiry.NEVER));
    }
    shell.passMillis(400);
    shell.tick();
    shell.tick();
    assertThat(shell.replica.survey().entries()).isBetween(150L, 199L);
    for (int i = 0; i < 40; i++) {
      shell.tick();
    }
    assertThat(shell.replica.survey().entries()).isEqualTo(100);
    assertThat(shell.sequence()).as("each removal is numbered").isEqualTo(300);
    assertThat(shell.replica.survey().expired()).isEqualTo(100);
  }

  @Test
  void dropsSilentClientsAndMakesRoomForOthers() {
    Shell shell = Shell.acting();
    for (int client = 1; client <= 4; client++) {
      shell.send(shell.operation(client, 1, 1, put("a", "1")));
    }
    assertThat(shell.tell(shell.operation(5, 1, 1, put("a", "1"))))
        .isInstanceOf(Answer.Later.class);
    passSeconds(shell, 400);
    shell.send(shell.operation(4, 2, 2, put("a", "2")));
    passSeconds(shell, 300);
    assertThat(shell.sequence()).as("three clients were dropped").isEqualTo(8);
    assertThat(shell.tell(shell.operation(5, 1, 1, put("a", "1"))))
        .isInstanceOf(Answer.Stored.class);
    assertThat(shell.tell(shell.operation(4, 2, 2, put("a", "7"))))
        .isEqualTo(new Answer.Stored(true, 5, null));
  }

  @Test
  void dropsNoClientForASilenceInWhichItStoodStillItself() {
    Shell shell = Shell.acting();
    shell.send(shell.operation(1, 1, 1, put("a", "1")));
    shell.passMillis(700_000);
    shell.tick();
    shell.tick();
    assertThat(shell.sequence()).isEqualTo(1);
    assertThat(shell.tell(shell.operation(1, 1, 1, put("a", "7"))))
        .as("a repeat that lay here meanwhile")
        .isEqualTo(new Answer.Stored(true, 1, null));
    passSeconds(shell, 700);
    assertThat(shell.sequence()).as("it is dropped later").isEqualTo(2);
  }

  private static void passSeconds(Shell shell, int seconds) {
    for (int second = 0; second < seconds; second++) {
      shell.passMillis(1_000);
      shell.tick();
    }
  }
}
