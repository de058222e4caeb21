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
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules that decide about entries while the shard goes on. */
final class InvocationTest {

  private static final long NEXT = Epoch.of(1, 2);
  private static final long OTHER = 99;
  private static final Answer.Result RESULT = new Answer.Result(7, null);

  private final Shell shell = Shell.acting();

  private static Request.Invoke invoke(String key) {
    return invoke(key, "decides");
  }

  private static Request.Invoke invoke(String key, String rule) {
    return new Request.Invoke(bytes(key), rule, "run", new long[] {1}, List.of());
  }

  private static Ruling putting(String value) {
    return Ruling.put(bytes(value), Expiry.NEVER, RESULT);
  }

  /** The rule that began last has decided. */
  private void decided(Ruling ruling) {
    shell.decided(shell.invoked.get(shell.invoked.size() - 1), ruling);
  }

  @Test
  void storesWhatARuleHasDecidedAsOneWrite() {
    shell.ask(put("a", "1"));
    assertThat(shell.tell(invoke("a"))).as("not at once").isNull();
    Invocation asked = shell.invoked.get(0);
    assertThat(asked.found())
        .isInstanceOfSatisfying(
            Answer.Entry.class, entry -> assertThat(entry.value()).isEqualTo(bytes("1")));
    assertThat(asked.mayChange()).isTrue();

    decided(putting("2"));
    assertThat(shell.lastAnswer()).isEqualTo(RESULT);
    assertThat(shell.read("a")).isEqualTo("2");
    assertThat(shell.sequence()).isEqualTo(2);
  }

  @Test
  void removesOrKeepsAsTheRuleSays() {
    shell.ask(put("a", "1"));
    shell.tell(invoke("a"));
    decided(Ruling.keep(RESULT));
    assertThat(shell.read("a")).isEqualTo("1");
    shell.tell(invoke("a"));
    decided(Ruling.remove(RESULT));
    assertThat(shell.read("a")).isNull();
  }

  @Test
  void letsOthersReadTheEntryAsItIsAndWriteAllOtherKeys() {
    shell.ask(put("a", "1"));
    shell.tell(invoke("a"));
    assertThat(shell.read("a")).isEqualTo("1");
    assertThat(shell.tell(shell.operation(OTHER, 1, 1, put("b", "1"))))
        .isInstanceOf(Answer.Stored.class);
    assertThat(shell.tell(shell.operation(OTHER, 2, 2, put("a", "9"))))
        .as("waits for the rule")
        .isNull();
    decided(putting("2"));
    assertThat(shell.read("a")).isEqualTo("9");
  }

  @Test
  void keepsTheOrderOfAClient() {
    shell.tell(invoke("a"));
    assertThat(shell.tell(put("b", "1"))).as("a write behind its own").isNull();
    assertThat(shell.tell(get("b"))).as("a read behind its own write").isNull();
    assertThat(shell.tell(get("c"))).as("nothing to wait for").isInstanceOf(Answer.Absent.class);
    decided(putting("2"));
    assertThat(shell.answeredSeqs()).containsExactly(4L, 1L, 2L, 3L);
  }

  @Test
  void asksAnewIfTheEntryHasChangedAllTheSame() {
    shell.ask(put("a", "1"));
    shell.tell(invoke("a"));
    Request.PutAll batch =
        new Request.PutAll(List.of(bytes("a")), List.of(bytes("5")), Expiry.NEVER);
    assertThat(shell.tell(shell.operation(OTHER, 1, 1, batch))).isInstanceOf(Answer.Done.class);

    decided(putting("2"));
    assertThat(shell.read("a")).isEqualTo("5");
    assertThat(shell.invoked).hasSize(2);
    assertThat(shell.invoked.get(1).found())
        .isInstanceOfSatisfying(
            Answer.Entry.class, entry -> assertThat(entry.value()).isEqualTo(bytes("5")));
    decided(putting("6"));
    assertThat(shell.read("a")).isEqualTo("6");
  }

  @Test
  void remembersTheAnswerAndAsksNoRuleTwice() {
    Operation first = shell.operation(CLIENT, 1, 1, invoke("a"));
    shell.send(first);
    decided(putting("2"));
    assertThat(shell.tell(first)).isEqualTo(RESULT);
    assertThat(shell.invoked).hasSize(1);
    assertThat(shell.sequence()).isEqualTo(1);
  }

  @Test
  void numbersNothingForARuleThatCanChangeNothing() {
    shell.ask(put("a", "1"));
    shell.tell(invoke("a", Shell.READING_RULE));
    assertThat(shell.tell(put("a", "2"))).as("waits for nothing").isInstanceOf(Answer.Stored.class);
    decided(Ruling.keep(RESULT));
    assertThat(shell.lastAnswer()).isEqualTo(RESULT);
    assertThat(shell.sequence()).isEqualTo(2);
  }

  @Test
  void tellsAFailureAndChangesNothing() {
    shell.ask(put("a", "1"));
    shell.tell(invoke("a"));
    Answer.Failed failed = new Answer.Failed(FailureCode.INTERNAL, "trap");
    decided(Ruling.keep(failed));
    assertThat(shell.lastAnswer()).isEqualTo(failed);
    assertThat(shell.read("a")).isEqualTo("1");
  }

  @Test
  void sendsAllElsewhereWhenItsReignEndsAndIgnoresWhatTheRuleBringsThen() {
    shell.tell(invoke("a"));
    shell.tell(put("b", "1"));
    shell.place(placement(NEXT, SEAT, B));
    assertThat(shell.answeredSeqs()).containsExactly(1L, 2L);
    assertThat(shell.answerKinds()).containsOnly(Answer.Kind.MOVED);
    decided(putting("2"));
    assertThat(shell.answered).hasSize(2);
    assertThat(shell.sequence()).isZero();
  }

  @Test
  void dropsWhatIsTooLateAndFreesTheKeyWhenTheRuleEnds() {
    shell.tell(invoke("a"));
    shell.passMillis(6_000);
    shell.tick();
    assertThat(shell.dropped).hasSize(1);
    assertThat(shell.tell(shell.operation(OTHER, 1, 1, put("a", "9")))).isNull();
    decided(putting("2"));
    assertThat(shell.read("a")).isEqualTo("9");
  }

  @Test
  void refusesUntilLaterWhatIsMoreThanMayWait() {
    shell.tell(invoke("a"));
    for (int i = 0; i < Shell.SETTINGS.heldOperationsMax(); i++) {
      assertThat(shell.tell(put("a", "" + i))).isNull();
    }
    assertThat(shell.tell(put("a", "x"))).isInstanceOf(Answer.Later.class);
    assertThat(shell.isActing()).isTrue();
    assertThat(shell.self).isEqualTo(A);
  }
}
