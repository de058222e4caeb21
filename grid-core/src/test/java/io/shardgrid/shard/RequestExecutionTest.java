package io.shardgrid.shard;

import static io.shardgrid.shard.Shell.bytes;
import static io.shardgrid.shard.Shell.get;
import static io.shardgrid.shard.Shell.put;
import static io.shardgrid.shard.Shell.putIf;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.bucket.BucketMap;
import io.shardgrid.bucket.PageBudget;
import io.shardgrid.failure.FailureCode;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class RequestExecutionTest {

  private static final Answer ABSENT = new Answer.Absent();

  private final Shell shell = Shell.acting();

  @Test
  void numbersEveryWriteAndGivesItsNumberToTheEntry() {
    assertThat(shell.ask(put("a", "1"))).isEqualTo(new Answer.Stored(true, 1, null));
    assertThat(shell.ask(put("b", "2"))).isEqualTo(new Answer.Stored(true, 2, null));
    assertThat(entry("a").version()).isEqualTo(1);
    assertThat(entry("b").value()).isEqualTo(bytes("2"));
    assertThat(entry("b").leftMillis()).isEqualTo(-1);
    assertThat(shell.sequence()).isEqualTo(2);
  }

  @Test
  void readsWithoutMakingAMap() {
    assertThat(shell.ask(get("a"))).isEqualTo(ABSENT);
    assertThat(shell.ask(new Request.Peek(bytes("a")))).isEqualTo(ABSENT);
    assertThat(shell.ask(new Request.Size())).isEqualTo(new Answer.Amount(0));
    assertThat(shell.ask(new Request.Scan(0, 10, true))).isEqualTo(new Answer.Page(0, List.of()));
    assertThat(shell.ask(new Request.CountAll(List.of(bytes("a")))))
        .isEqualTo(new Answer.Amount(0));
    assertThat(shell.sequence()).isZero();
  }

  @Test
  void peeksWithoutTheValue() {
    shell.ask(put("a", "hello"));
    assertThat(shell.ask(new Request.Peek(bytes("a"))))
        .isEqualTo(new Answer.Entry(null, 5, 1, 0, -1));
  }

  @Test
  void storesOnlyIfTheConditionHolds() {
    assertThat(stored(putIf("a", "1", Condition.PRESENT)).applied()).isFalse();
    assertThat(stored(putIf("a", "1", Condition.ABSENT)).applied()).isTrue();
    Answer.Stored refused = stored(putIf("a", "2", Condition.ABSENT));
    assertThat(refused.applied()).isFalse();
    assertThat(refused.version()).isEqualTo(2);
    assertThat(refused.previous()).isEqualTo(bytes("1"));
    assertThat(stored(putIf("a", "3", Condition.valueIs(bytes("x")))).applied()).isFalse();
    assertThat(stored(putIf("a", "3", Condition.valueIs(bytes("1")))).applied()).isTrue();
    assertThat(stored(putIf("a", "4", Condition.versionIs(1))).applied()).isFalse();
    assertThat(stored(putIf("a", "4", Condition.versionIs(entry("a").version()))).applied())
        .isTrue();
    assertThat(shell.read("a")).isEqualTo("4");
  }

  @Test
  void removesOnlyIfTheConditionHolds() {
    shell.ask(put("a", "1"));
    Request never = new Request.Remove(bytes("a"), Condition.valueIs(bytes("2")), false);
    assertThat(shell.ask(never)).isEqualTo(new Answer.Stored(false, 1, null));
    Answer.Stored removed = stored(new Request.Remove(bytes("a"), Condition.ALWAYS, true));
    assertThat(removed.applied()).isTrue();
    assertThat(removed.version()).isEqualTo(3);
    assertThat(removed.previous()).isEqualTo(bytes("1"));
    assertThat(shell.ask(new Request.Remove(bytes("a"), Condition.ALWAYS, true)))
        .isEqualTo(new Answer.Stored(false, 0, null));
  }

  @Test
  void expiresByTheHandedTimeAndNumbersTheDeletion() {
    shell.ask(put("a", "1", Expiry.after(100)));
    assertThat(entry("a").deadlineMillis()).isEqualTo(shell.wallMillis + 100);
    shell.wallMillis += 99;
    assertThat(entry("a").leftMillis()).isEqualTo(1);
    shell.wallMillis += 1;
    assertThat(shell.ask(get("a"))).isEqualTo(ABSENT);
    assertThat(shell.sequence()).isEqualTo(2);
    assertThat(shell.ask(new Request.Size())).isEqualTo(new Answer.Amount(0));
  }

  @Test
  void neverBringsBackWhatHasExpiredWhenTheWallClockFalls() {
    shell.ask(put("a", "1", Expiry.after(100)));
    shell.wallMillis += 100;
    shell.ask(get("other"));
    shell.wallMillis -= 1_000;
    assertThat(shell.ask(get("a"))).isEqualTo(ABSENT);
  }

  @Test
  void treatsAnExpiredEntryAsAbsentInConditions() {
    shell.ask(put("a", "1", Expiry.after(100)));
    shell.wallMillis += 100;
    Answer.Stored stored = stored(putIf("a", "2", Condition.ABSENT));
    assertThat(stored.applied()).isTrue();
    assertThat(stored.version()).as("behind the numbered deletion").isEqualTo(3);
    assertThat(stored.previous()).isNull();
  }

  @Test
  void removesWhatItIsToStoreWithADeadlineInThePast() {
    shell.ask(put("a", "1"));
    assertThat(shell.ask(put("a", "2", Expiry.at(5)))).isEqualTo(new Answer.Stored(true, 2, null));
    assertThat(shell.ask(get("a"))).isEqualTo(ABSENT);
    shell.ask(put("b", "2", Expiry.after(-5)));
    assertThat(shell.ask(get("b"))).isEqualTo(ABSENT);
  }

  @Test
  void keepsOrTakesOffADeadline() {
    long deadline = shell.wallMillis + 100;
    shell.ask(put("a", "1", Expiry.after(100)));
    shell.ask(put("a", "2", Expiry.KEEP));
    assertThat(entry("a").deadlineMillis()).isEqualTo(deadline);
    shell.ask(put("a", "3"));
    assertThat(entry("a").deadlineMillis()).isZero();
    shell.ask(put("b", "1", Expiry.KEEP));
    assertThat(entry("b").deadlineMillis()).isZero();
    shell.ask(put("c", "1", Expiry.after(Long.MAX_VALUE)));
    assertThat(entry("c").deadlineMillis()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void changesTheDeadlineAlone() {
    assertThat(stored(expire("a", Expiry.after(5))).applied()).isFalse();
    shell.ask(put("a", "1"));
    assertThat(shell.ask(new Request.Expire(bytes("a"), Expiry.NEVER, false)))
        .as("nothing to do")
        .isEqualTo(new Answer.Stored(false, 2, null));
    Answer.Stored stored = stored(expire("a", Expiry.after(50)));
    assertThat(stored.applied()).isTrue();
    assertThat(stored.previous()).isEqualTo(bytes("1"));
    assertThat(entry("a").version()).isEqualTo(stored.version());
    assertThat(entry("a").leftMillis()).isEqualTo(50);
    assertThat(stored(expire("a", Expiry.KEEP)).applied()).isFalse();
    assertThat(stored(expire("a", Expiry.NEVER)).applied()).isTrue();
    assertThat(entry("a").leftMillis()).isEqualTo(-1);
    assertThat(stored(expire("a", Expiry.after(0))).applied()).isTrue();
    assertThat(shell.ask(get("a"))).isEqualTo(ABSENT);
  }

  @Test
  void addsAndKeepsTheDeadline() {
    assertThat(shell.ask(add("n", 5))).isEqualTo(new Answer.Amount(5));
    shell.ask(expire("n", Expiry.after(70)));
    assertThat(shell.ask(add("n", -8))).isEqualTo(new Answer.Amount(-3));
    assertThat(shell.read("n")).isEqualTo("-3");
    assertThat(entry("n").leftMillis()).isEqualTo(70);
  }

  @Test
  void failsToAddToWhatIsNoNumber() {
    shell.ask(put("n", "4 "));
    assertThat(failed(add("n", 1), FailureCode.NOT_A_NUMBER))
        .contains("map=cities", "key='n'", "shard=3", "found='4 '");
    shell.ask(put("n", Long.toString(Long.MAX_VALUE)));
    assertThat(failed(add("n", 1), FailureCode.NOT_A_NUMBER)).contains("does not fit 64 bits");
    assertThat(shell.read("n")).isEqualTo(Long.toString(Long.MAX_VALUE));
  }

  @Test
  void appendsAndKeepsTheDeadline() {
    assertThat(shell.ask(append("a", "ab"))).isEqualTo(new Answer.Amount(2));
    shell.ask(expire("a", Expiry.after(70)));
    assertThat(shell.ask(append("a", "cde"))).isEqualTo(new Answer.Amount(5));
    assertThat(shell.read("a")).isEqualTo("abcde");
    assertThat(entry("a").leftMillis()).isEqualTo(70);
  }

  @Test
  void failsPastTheLimitsOfKeysAndValues() {
    shell.ask(append("a", "x"));
    byte[] large = new byte[BucketMap.VALUE_BYTES_MAX];
    assertThat(failed(new Request.Append(bytes("a"), large), FailureCode.VALUE_TOO_LARGE))
        .contains("bytes=" + (BucketMap.VALUE_BYTES_MAX + 1), "key='a'");
    byte[] longKey = new byte[BucketMap.KEY_BYTES_MAX + 1];
    assertThat(failed(new Request.Add(longKey, 1), FailureCode.VALUE_TOO_LARGE))
        .contains("the key is larger");
    Request putAll =
        new Request.PutAll(
            List.of(bytes("b"), longKey), List.of(bytes("1"), bytes("2")), Expiry.NEVER);
    failed(putAll, FailureCode.VALUE_TOO_LARGE);
    assertThat(shell.ask(get("b"))).isEqualTo(ABSENT);
  }

  @Test
  void writesAndReadsSeveralAtOnce() {
    List<byte[]> keys = List.of(bytes("a"), bytes("b"), bytes("c"));
    List<byte[]> values = List.of(bytes("1"), bytes("2"), bytes("3"));
    assertThat(shell.ask(new Request.PutAll(keys, values, Expiry.after(50))))
        .isEqualTo(Answer.Done.INSTANCE);
    assertThat(shell.sequence()).isEqualTo(1);
    assertThat(entry("c").version()).isEqualTo(1);
    assertThat(entry("c").leftMillis()).isEqualTo(50);
    Answer.Values found =
        (Answer.Values) shell.ask(new Request.GetAll(List.of(bytes("b"), bytes("x"))));
    assertThat(found.values().get(0)).isEqualTo(bytes("2"));
    assertThat(found.values().get(1)).isNull();
    assertThat(shell.ask(new Request.CountAll(List.of(bytes("a"), bytes("a"), bytes("x")))))
        .isEqualTo(new Answer.Amount(2));
    assertThat(shell.ask(new Request.RemoveAll(List.of(bytes("a"), bytes("a"), bytes("x")))))
        .isEqualTo(new Answer.Amount(1));
    assertThat(shell.ask(new Request.Size())).isEqualTo(new Answer.Amount(2));
    assertThat(shell.ask(new Request.Clear())).isEqualTo(new Answer.Amount(2));
    assertThat(shell.ask(new Request.Size())).isEqualTo(new Answer.Amount(0));
    assertThat(shell.replica.survey().entries()).isZero();
  }

  @Test
  void scansAllInPagesThatEndByEntriesAndByBytes() {
    for (int i = 0; i < 400; i++) {
      shell.ask(put("key" + i, "v".repeat(i % 50)));
      shell.ask(put("old" + i, "v", Expiry.after(10)));
    }
    shell.wallMillis += 10;
    TreeSet<String> keys = new TreeSet<>();
    List<Integer> sizes = new ArrayList<>();
    long position = 0;
    do {
      Answer.Page page = (Answer.Page) shell.ask(new Request.Scan(position, 1_000_000, true));
      page.entries().forEach(item -> keys.add(new String(item.key(), StandardCharsets.UTF_8)));
      sizes.add(page.entries().size());
      position = page.position();
    } while (position != 0);
    assertThat(keys).hasSize(400).allMatch(key -> key.startsWith("key"));
    assertThat(sizes).hasSizeGreaterThan(8).allMatch(size -> size < 150);
    assertThat(shell.ask(new Request.Scan(-1, 5, true))).isEqualTo(new Answer.Page(0, List.of()));
  }

  @Test
  void holdsSoManyMapsAndNoMore() {
    for (int i = 0; i < 3; i++) {
      assertThat(shell.tell(inMap("m" + i, i + 1))).isInstanceOf(Answer.Stored.class);
    }
    assertThat(shell.tell(inMap("m3", 4)))
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo(FailureCode.OVERLOADED);
              assertThat(failed.message()).contains("map=m3", "mapsMax=3");
            });
  }

  @Test
  void answersThatMemoryIsExceededAndChangesNothing() {
    Shell tight = Shell.acting(Shell.SETTINGS, PageBudget.of(400_000));
    String value = "v".repeat(20_000);
    int stored = 0;
    while (tight.ask(put("k" + stored, value)).kind() == Answer.Kind.STORED) {
      stored++;
    }
    assertThat(stored).isBetween(5, 20);
    Answer.Failed failed = (Answer.Failed) tight.ask(put("more", value));
    assertThat(failed.code()).isEqualTo(FailureCode.MEMORY_EXCEEDED);
    assertThat(failed.message()).contains("map=cities", "shard=3", "reservedBytes=");
    assertThat(tight.ask(new Request.Size())).isEqualTo(new Answer.Amount(stored));
    List<byte[]> keys = List.of(bytes("x"), bytes("y"), bytes("z"));
    List<byte[]> values = List.of(bytes(value), bytes(value), bytes(value));
    assertThat(tight.ask(new Request.PutAll(keys, values, Expiry.NEVER)))
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            bulk -> assertThat(bulk.message()).contains("stored=0", "notStored=3"));
    assertThat(tight.read("k0")).isEqualTo(value);
    tight.ask(new Request.Remove(bytes("k0"), Condition.ALWAYS, false));
    assertThat(tight.ask(put("more", value)).kind()).isEqualTo(Answer.Kind.STORED);
  }

  private Operation inMap(String map, long seq) {
    Operation made = shell.operation(5, seq, 1, put("k", "v"));
    return new Operation(
        map, made.shard(), 5, seq, 1, made.minEpoch(), 0, made.deadlineNanos(), made.request());
  }

  private Answer.Entry entry(String key) {
    return (Answer.Entry) shell.ask(get(key));
  }

  private Answer.Stored stored(Request request) {
    return (Answer.Stored) shell.ask(request);
  }

  private String failed(Request request, FailureCode code) {
    Answer.Failed failed = (Answer.Failed) shell.ask(request);
    assertThat(failed.code()).isEqualTo(code);
    return failed.message();
  }

  private static Request.Expire expire(String key, Expiry expiry) {
    return new Request.Expire(bytes(key), expiry, true);
  }

  private static Request.Add add(String key, long delta) {
    return new Request.Add(bytes(key), delta);
  }

  private static Request.Append append(String key, String suffix) {
    return new Request.Append(bytes(key), bytes(suffix));
  }
}
