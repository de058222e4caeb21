package io.shardgrid.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AnswersTableTest {

  private final AnswersTable table = new AnswersTable(2, 3, 1_000);

  @Test
  void refusesNewClientsAtItsBound() {
    remember(1, 1, 1, Answer.Done.INSTANCE);
    remember(2, 1, 1, Answer.Done.INSTANCE);
    assertThat(refusal(1, 2, 1)).isNull();
    assertThat(refusal(3, 1, 1)).isNotNull();
    table.drop(1);
    assertThat(refusal(3, 1, 1)).isNull();
  }

  @Test
  void refusesAWriteWhileTooManyAreOpen() {
    remember(1, 1, 1, Answer.Done.INSTANCE);
    remember(1, 2, 1, Answer.Done.INSTANCE);
    remember(1, 3, 1, Answer.Done.INSTANCE);
    assertThat(refusal(1, 4, 1)).isNotNull();
    assertThat(refusal(1, 4, 2)).isNull();
  }

  @Test
  void refusesAWriteWhileAnswersTakeTooMuch() {
    remember(1, 1, 1, new Answer.Stored(true, 1, new byte[2_000]));
    assertThat(refusal(1, 2, 1)).isNotNull();
    assertThat(refusal(1, 2, 2)).isNull();
  }

  @Property(tries = 200)
  void findsTheClientsThatAreThere(
      @ForAll @Size(max = 200) List<@IntRange(min = -40, max = 40) Integer> steps) {
    AnswersTable many = new AnswersTable(1_000, 3, 1_000);
    TreeSet<Long> clients = new TreeSet<>();
    for (int step : steps) {
      long client = Math.abs(step) * 0x1_0000_0001L;
      if (step > 0) {
        many.remember(operation(client, 1, 1), Answer.Done.INSTANCE, 0);
        clients.add(client);
      } else {
        many.drop(client);
        clients.remove(client);
      }
    }
    assertThat(many.clients()).isEqualTo(clients.size());
    for (int i = 0; i <= 40; i++) {
      long client = i * 0x1_0000_0001L;
      AnswerWindow window = many.window(client);
      assertThat(window != null).isEqualTo(clients.contains(client));
    }
  }

  private void remember(long client, long seq, long doneBelow, Answer answer) {
    table.remember(operation(client, seq, doneBelow), answer, 0);
  }

  private @Nullable String refusal(long client, long seq, long doneBelow) {
    return table.refusal(table.window(client), operation(client, seq, doneBelow));
  }

  private static Operation operation(long client, long seq, long doneBelow) {
    return new Operation("m", 0, client, seq, doneBelow, 0, 0, 100, Shell.get("k"));
  }
}
