package io.shardgrid.shard;

import static io.shardgrid.shard.Shell.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.bucket.PageBudget;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;

final class ReplicaPropertyTest {

  private static final ReplicaSettings SETTINGS =
      new ReplicaSettings(
          8, 4096, 1_024, 1 << 20, 16, Duration.ofMinutes(10), 3, 100, 1024, 10, 20);

  @Property(tries = 300)
  void doesWhatAPlainMapWouldAndEachWriteOnce(
      @ForAll @LongRange(min = 0) long seed, @ForAll @IntRange(min = 1, max = 300) int steps) {
    Course course = new Course(seed);
    for (int i = 0; i < steps; i++) {
      course.step();
    }
    course.compareAll();
  }

  /** One random course of operations, repeats and time, beside the model. */
  private static final class Course {
    private final SplittableRandom random;
    private final Shell shell = Shell.acting(SETTINGS, PageBudget.unlimited());
    private final MapModel model = new MapModel();
    private final List<Client> clients = List.of(new Client(1), new Client(2), new Client(3));

    private Course(long seed) {
      random = new SplittableRandom(seed);
      model.advance(shell.wallMillis);
    }

    private static final class Client {
      private final long id;
      private long seq;
      private long doneBelow = 1;
      private long doneBelowNumbered = 1;
      private final List<Sent> sent = new ArrayList<>();

      private Client(long id) {
        this.id = id;
      }
    }

    private record Sent(Operation operation, @Nullable Answer answer) {}

    private void step() {
      switch (random.nextInt(8)) {
        case 0 -> shell.passMillis(random.nextInt(40));
        case 1 -> shell.wallMillis -= random.nextInt(20);
        case 2 -> tick();
        default -> send();
      }
    }

    private void tick() {
      model.advance(shell.wallMillis);
      shell.tick();
    }

    private void send() {
      Client client = clients.get(random.nextInt(3));
      client.doneBelow += random.nextLong(client.seq + 2 - client.doneBelow);
      client.seq++;
      Operation operation = shell.operation(client.id, client.seq, client.doneBelow, request());
      model.advance(shell.wallMillis);
      Answer answer = shell.tell(operation);
      Answer expected = model.answer(operation.request(), shell.sequence());
      compare(answer, expected);
      if (operation.request().kind().isWrite()) {
        client.sent.add(new Sent(operation, answer));
        client.doneBelowNumbered = Math.max(client.doneBelowNumbered, client.doneBelow);
      }
      for (int repeats = random.nextInt(3); repeats > 0; repeats--) {
        repeat(client);
      }
    }

    private void repeat(Client client) {
      if (client.sent.isEmpty()) {
        return;
      }
      Sent sent = client.sent.get(random.nextInt(client.sent.size()));
      long sequence = shell.sequence();
      Answer again = shell.tell(sent.operation());
      if (sent.operation().seq() < client.doneBelowNumbered) {
        assertThat(again).as("ended: %s", sent).isNull();
      } else {
        compare(again, sent.answer());
      }
      assertThat(shell.sequence()).isEqualTo(sequence);
    }

    private Request request() {
      byte[] key = key();
      boolean wants = random.nextBoolean();
      return switch (random.nextInt(9)) {
        case 0, 1 -> new Request.Get(key);
        case 2, 3 -> new Request.Put(key, value(), expiry(), condition(), wants);
        case 4 -> new Request.Remove(key, condition(), wants);
        case 5 -> new Request.Expire(key, expiry(), wants);
        case 6 -> new Request.Add(key, random.nextInt(-9, 9));
        case 7 -> new Request.Append(key, value());
        default ->
            random.nextBoolean()
                ? new Request.PutAll(List.of(key, key()), List.of(value(), value()), expiry())
                : new Request.RemoveAll(List.of(key, key(), key()));
      };
    }

    private byte[] key() {
      return bytes("k" + random.nextInt(6));
    }

    private byte[] value() {
      return bytes(Integer.toString(1 + random.nextInt(9)));
    }

    private Expiry expiry() {
      return switch (random.nextInt(5)) {
        case 0, 1 -> Expiry.NEVER;
        case 2 -> Expiry.KEEP;
        case 3 -> Expiry.after(random.nextInt(-2, 60));
        default -> Expiry.at(shell.wallMillis + random.nextInt(-30, 60));
      };
    }

    private Condition condition() {
      return switch (random.nextInt(6)) {
        case 0 -> Condition.ABSENT;
        case 1 -> Condition.PRESENT;
        case 2 -> Condition.valueIs(value());
        case 3 -> Condition.versionIs(random.nextLong(shell.sequence() + 1));
        default -> Condition.ALWAYS;
      };
    }

    private void compareAll() {
      model.advance(shell.wallMillis);
      for (int key = 0; key < 6; key++) {
        MapModel.Held held = model.entries().get("k" + key);
        String expected = held == null ? null : held.value();
        assertThat(shell.read("k" + key)).isEqualTo(expected);
      }
      assertThat(shell.replica.survey().entries()).isEqualTo(model.entries().size());
    }

    private static void compare(@Nullable Answer found, @Nullable Answer expected) {
      if (expected == MapModel.NOT_A_NUMBER) {
        assertThat(found).isInstanceOf(Answer.Failed.class);
        return;
      }
      assertThat(found).usingRecursiveComparison().isEqualTo(expected);
    }
  }
}
