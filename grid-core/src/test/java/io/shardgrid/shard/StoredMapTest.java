package io.shardgrid.shard;

import static io.shardgrid.shard.Shell.bytes;
import static io.shardgrid.shard.Shell.get;
import static io.shardgrid.shard.Shell.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.bucket.PageBudget;
import io.shardgrid.failure.FailureCode;
import io.shardgrid.key.Epoch;
import io.shardgrid.key.MapsSettings;
import io.shardgrid.loader.StorePolicies;
import io.shardgrid.loader.StorePolicy;
import io.shardgrid.loader.WriteMode;
import io.shardgrid.shard.StoreErrand.Item;
import io.shardgrid.shard.StoreErrand.Load;
import io.shardgrid.shard.StoreErrand.Write;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A shard with a store behind its map. */
final class StoredMapTest {

  private static final long SECOND = 1_000_000_000;
  private static final long NEXT = Epoch.of(1, 2);
  private static final ReplicaSettings SETTINGS =
      new ReplicaSettings(8, 4096, 64, 4096, 4, Duration.ofMinutes(10), 10, 100, 1024, 10, 100);

  private Shell shell = shell(WriteMode.BEHIND, StorePolicy.Freshness.FOR_EVER, 0);

  private static Shell shell(WriteMode mode, StorePolicy.Freshness freshness, long filterKeys) {
    StorePolicy policy =
        new StorePolicy(
            Shell.MAP,
            mode,
            new StorePolicy.Queue(100, 10, 3, 1 << 16, SECOND, 2 * SECOND, 5, 1 << 16),
            freshness,
            new StorePolicy.Absence(SECOND, 2, filterKeys));
    Shell shell =
        new Shell(
            Shell.A,
            SETTINGS,
            MapsSettings.plain(),
            PageBudget.unlimited(),
            new StorePolicies(List.of(policy), 8));
    shell.place(Shell.placement(Shell.SEAT, Epoch.NONE, Shell.A));
    return shell;
  }

  private <T extends StoreErrand> T last(Class<T> type) {
    return type.cast(shell.asked.get(shell.asked.size() - 1));
  }

  private void loaded(@Nullable String value) {
    shell.returned(new ErrandResult.Loaded(last(Load.class), value == null ? null : bytes(value)));
  }

  private void pass(long millis) {
    shell.passMillis(millis);
    shell.tick();
  }

  private FailureCode failure() {
    return ((Answer.Failed) shell.lastAnswer()).code();
  }

  @Test
  void loadsAMissOnceForAllWhoWait() {
    shell.tell(get("a"));
    shell.tell(get("a"));
    assertThat(shell.asked).hasSize(1);
    assertThat(shell.answered).isEmpty();
    loaded("7");
    assertThat(shell.answerKinds()).containsExactly(Answer.Kind.ENTRY, Answer.Kind.ENTRY);
    shell.tell(get("a"));
    assertThat(shell.asked).as("it is in the grid now").hasSize(1);
  }

  @Test
  void doesNotAnswerAMissByItself() {
    assertThat(shell.readNow("a", Shell.SEAT)).isNull();
    shell.tell(get("a"));
    loaded("7");
    assertThat(shell.readNow("a", Shell.SEAT)).isInstanceOf(Answer.Entry.class);
    assertThat(shell.writeNow(put("a", "8"), Shell.SEAT)).as("its store has to have it").isNull();
  }

  @Test
  void remembersForAWhileThatAKeyIsNowhere() {
    shell.tell(get("a"));
    loaded(null);
    assertThat(shell.lastAnswer().kind()).isEqualTo(Answer.Kind.ABSENT);
    shell.tell(get("a"));
    assertThat(shell.asked).hasSize(1);
    pass(1_001);
    shell.tell(get("a"));
    assertThat(shell.asked).as("no longer believed").hasSize(2);
  }

  @Test
  void tellsAFailureAndAsksAnewNextTime() {
    shell.tell(get("a"));
    shell.returned(new ErrandResult.NotLoaded(last(Load.class), "down"));
    assertThat(failure()).isEqualTo(FailureCode.STORE_UNAVAILABLE);
    shell.tell(get("a"));
    assertThat(shell.asked).hasSize(2);
  }

  @Test
  void neverLetsALoadOverwriteALaterWrite() {
    shell.tell(get("a"));
    shell.ask(put("a", "new"));
    loaded("old");
    assertThat(shell.read("a")).isEqualTo("new");
  }

  @Test
  void neverLetsALoadBringBackWhatWasRemovedMeanwhile() {
    shell.tell(get("a"));
    Load load = last(Load.class);
    shell.ask(put("a", "new"));
    shell.ask(new Request.Remove(bytes("a"), Condition.ALWAYS, false));
    shell.returned(new ErrandResult.Loaded(load, bytes("old")));
    assertThat(shell.lastAnswer().kind()).isEqualTo(Answer.Kind.ABSENT);
    shell.tell(get("a"));
    assertThat(shell.asked).as("the row may still be there").containsExactly(load);
  }

  @Test
  void loadsBeforeAWriteThatDependsOnTheEntry() {
    shell.tell(new Request.Add(bytes("n"), 5));
    loaded("10");
    assertThat(shell.lastAnswer()).isEqualTo(new Answer.Amount(15));
    shell.tell(put("m", "1"));
    assertThat(shell.asked).as("a blind write needs nothing").hasSize(1);
  }

  @Test
  void handsTheLastOfSeveralWritesOverAfterTheDelay() {
    shell.ask(put("a", "1"));
    shell.ask(put("a", "2"));
    pass(50);
    assertThat(shell.asked).isEmpty();
    pass(60);
    List<Item> items = last(Write.class).items();
    assertThat(items).hasSize(1);
    assertThat(items.get(0).value()).isEqualTo(bytes("2"));
  }

  @Test
  void keepsWhatWasWrittenWhileTheStoreHadItInHand() {
    shell.ask(put("a", "1"));
    pass(100);
    Write first = last(Write.class);
    shell.ask(put("a", "2"));
    shell.returned(new ErrandResult.Written(first, Map.of()));
    pass(100);
    Write second = last(Write.class);
    assertThat(second.items().get(0).value()).isEqualTo(bytes("2"));
    assertThat(second.items().get(0).stamp()).isGreaterThan(first.items().get(0).stamp());
    shell.returned(new ErrandResult.Written(second, Map.of()));
    pass(1_000);
    assertThat(shell.asked).hasSize(2);
  }

  @Test
  void readsWhatTheStoreDoesNotHaveYetFromItsMark() {
    shell.ask(put("a", "1"));
    shell.ask(new Request.Clear());
    assertThat(shell.read("a")).isEqualTo("1");
    assertThat(shell.asked).isEmpty();
  }

  @Test
  void holdsAnswersOfWritesThroughUntilTheStoreHasThem() {
    shell = shell(WriteMode.THROUGH, StorePolicy.Freshness.FOR_EVER, 0);
    assertThat(shell.tell(put("a", "1"))).isNull();
    shell.returned(new ErrandResult.Written(last(Write.class), Map.of()));
    assertThat(shell.lastAnswer()).isInstanceOf(Answer.Stored.class);
  }

  @Test
  void saysSoWhenTheStoreDoesNotConfirm() {
    shell = shell(WriteMode.THROUGH, StorePolicy.Freshness.FOR_EVER, 0);
    shell.tell(put("a", "1"));
    shell.returned(new ErrandResult.NotWritten(last(Write.class), "down"));
    assertThat(failure()).isEqualTo(FailureCode.STORE_UNCONFIRMED);
    assertThat(shell.read("a")).as("the grid has it").isEqualTo("1");
    shell.tell(put("b", "1"));
    pass(150);
    assertThat(last(Write.class).items()).as("handed over again, both").hasSize(2);
    pass(1_001);
    assertThat(failure()).as("it takes long").isEqualTo(FailureCode.STORE_UNCONFIRMED);
  }

  @Test
  void dropsWhatTheStoreRefusesForGood() {
    shell = shell(WriteMode.THROUGH, StorePolicy.Freshness.FOR_EVER, 0);
    shell.tell(put("a", "bad"));
    shell.returned(new ErrandResult.Written(last(Write.class), Map.of(0, "constraint")));
    assertThat(failure()).isEqualTo(FailureCode.STORE_REFUSED);
    shell.tell(get("a"));
    assertThat(last(Load.class).key()).as("the truth is loaded").isEqualTo(bytes("a"));
  }

  @Test
  void keepsAnEntryThatWasWrittenBehindARefusedOne() {
    shell.ask(put("a", "bad"));
    pass(100);
    Write first = last(Write.class);
    shell.ask(put("a", "good"));
    shell.returned(new ErrandResult.Written(first, Map.of(0, "constraint")));
    assertThat(shell.read("a")).isEqualTo("good");
  }

  @Test
  void refusesWritesUntilLaterWhenTheStoreIsTooFarBehind() {
    for (String key : List.of("a", "b", "c")) {
      shell.ask(put(key, "1"));
    }
    assertThat(shell.tell(put("d", "1"))).isInstanceOf(Answer.Later.class);
    pass(100);
    shell.returned(new ErrandResult.Written(last(Write.class), Map.of()));
    assertThat(shell.tell(put("d", "1"))).isInstanceOf(Answer.Stored.class);
  }

  @Test
  void holdsRemovalsBackBehindACallThatWasGivenUp() {
    shell.ask(put("a", "1"));
    pass(100);
    shell.returned(new ErrandResult.NotWritten(last(Write.class), "late"));
    shell.ask(new Request.Remove(bytes("a"), Condition.ALWAYS, false));
    pass(1_900);
    assertThat(shell.asked).as("it may still take effect").hasSize(1);
    pass(101);
    assertThat(last(Write.class).items().get(0).value()).isNull();
  }

  @Test
  void findsItsMarksWhenItTakesTheSeatAgain() {
    shell.ask(put("a", "1"));
    shell.place(Shell.placement(NEXT, Shell.SEAT, Shell.A));
    pass(100);
    assertThat(last(Write.class).items()).hasSize(1);
  }

  @Test
  void showsAnOldEntryWhileItIsLoadedAnew() {
    shell = shell(WriteMode.BEHIND, new StorePolicy.Freshness(1_000, 0, 500, 100), 0);
    shell.tell(get("a"));
    loaded("1");
    pass(899);
    shell.read("a");
    assertThat(shell.asked).hasSize(1);
    pass(1);
    assertThat(shell.read("a")).isEqualTo("1");
    assertThat(shell.read("a")).isEqualTo("1");
    assertThat(last(Load.class).isRefresh()).isTrue();
    assertThat(shell.asked).as("once").hasSize(2);
    pass(500);
    assertThat(shell.read("a")).as("stale, and the store has not answered").isEqualTo("1");
    loaded("2");
    assertThat(shell.read("a")).isEqualTo("2");
  }

  @Test
  void asksNothingOfTheStoreForKeysThatTheFilterDoesNotHave() {
    shell = shell(WriteMode.BEHIND, StorePolicy.Freshness.FOR_EVER, 800);
    pass(0);
    StoreErrand.Fill fill = last(StoreErrand.Fill.class);
    shell.ask(put("w", "1"));
    shell.returned(new ErrandResult.Keys(fill, List.of(bytes("k1")), false));
    shell.tell(get("zz"));
    assertThat(last(Load.class).key()).as("not complete yet").isEqualTo(bytes("zz"));
    shell.returned(new ErrandResult.Keys(fill, List.of(bytes("k2")), true));
    int before = shell.asked.size();
    shell.tell(get("yy"));
    assertThat(shell.lastAnswer().kind()).isEqualTo(Answer.Kind.ABSENT);
    assertThat(shell.asked).hasSize(before);
    shell.tell(get("k1"));
    shell.tell(get("k2"));
    assertThat(shell.asked).hasSize(before + 2);
    shell.ask(new Request.Clear());
    assertThat(shell.read("w")).as("written while it was filled").isEqualTo("1");
  }
}
