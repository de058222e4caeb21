package io.shardgrid.node.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.key.Epoch;
import io.shardgrid.key.Slot;
import io.shardgrid.node.access.InProcessGrid;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerCodec;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.OperationCodec;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.Topology;
import io.shardgrid.wire.TopologyCodec;
import io.shardgrid.wire.WireFormat;
import io.shardgrid.wire.WireReader;
import io.shardgrid.wire.WireWriter;
import io.shardgrid.wire.resp.RespValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The native protocol, as a remote client speaks it. */
@Timeout(30)
final class NativeProtocolTest {

  private static final long CLIENT = -77;
  private static final byte[] KEY = "foo".getBytes(StandardCharsets.UTF_8);
  private static final int SHARD = Slot.shardOf(Slot.of(KEY), RespFixture.SHARDS);

  private RespFixture fixture = RespFixture.serving();

  @AfterEach
  void stop() {
    fixture.close();
  }

  private RespClient opened() {
    RespClient client = fixture.client3();
    client.send("GRID.HELLO", CLIENT, WireFormat.VERSION);
    assertThat(topology(client.readValue()).charter()).isEqualTo(fixture.grid.charter());
    return client;
  }

  private static Topology topology(RespValue value) {
    return TopologyCodec.read(new WireReader(((RespValue.Bulk) value).bytes()));
  }

  private static Operation operation(long client, int shard, long seq, Request request) {
    long deadlineNanos = System.nanoTime() + 5_000_000_000L;
    return new Operation("cities", shard, client, seq, 1, Epoch.NONE, 0, deadlineNanos, request);
  }

  private Operation operation(long seq, Request request) {
    long epoch = Objects.requireNonNull(fixture.grid.router().placement(SHARD)).epoch();
    long deadlineNanos = System.nanoTime() + 5_000_000_000L;
    return new Operation("cities", SHARD, CLIENT, seq, 1, epoch, 0, deadlineNanos, request);
  }

  private static byte[] batch(Operation... operations) {
    WireWriter batch = new WireWriter(0);
    for (Operation operation : operations) {
      OperationCodec.write(batch, operation, System.nanoTime());
    }
    return batch.toBytes();
  }

  private static Request put(byte[] value) {
    return new Request.Put(KEY, value, Expiry.NEVER, Condition.ALWAYS, false);
  }

  /** Reads pushes until so many answers are there. */
  private static Map<Long, Answer> answers(RespClient client, int count) {
    Map<Long, Answer> answers = new TreeMap<>();
    while (answers.size() < count) {
      WireReader in = new WireReader(pushed(client.readValue(), "grid.answers"));
      while (in.isReadable()) {
        AnswerCodec.read(
            in,
            (shard, named, seq, answer) -> {
              assertThat(shard).isEqualTo(SHARD);
              assertThat(named).isEqualTo(CLIENT);
              answers.put(seq, answer);
            });
      }
    }
    return answers;
  }

  private static byte[] pushed(RespValue value, String topic) {
    RespValue.Items push = (RespValue.Items) value;
    assertThat(push.kind()).isEqualTo(RespValue.Kind.PUSH);
    assertThat(RespClient.show(push.items().get(0))).isEqualTo("'" + topic + "'");
    return ((RespValue.Bulk) push.items().get(1)).bytes();
  }

  @Test
  void carriesOperationsOut() {
    try (RespClient client = opened()) {
      client.send(
          "GRID.OP",
          batch(
              operation(1, put(new byte[] {1, 2, 3})),
              operation(2, new Request.Get(KEY)),
              operation(3, new Request.Size())));
      Map<Long, Answer> answers = answers(client, 3);
      assertThat(answers.get(1L)).extracting("applied").isEqualTo(true);
      assertThat(answers.get(2L)).extracting("value").isEqualTo(new byte[] {1, 2, 3});
      assertThat(answers.get(3L)).isEqualTo(new Answer.Amount(1));
      assertThat(client.ask("GRID.GET", "cities", "foo")).isEqualTo("'\u0001\u0002\u0003'");
    }
  }

  @Test
  void answersWhenTheAnswerIsThere() {
    fixture.grid.holdBack(operation -> operation.seq() == 1);
    try (RespClient client = opened()) {
      client.send("GRID.OP", batch(operation(1, new Request.Size())));
      client.send("GRID.OP", batch(operation(2, new Request.Size())));
      assertThat(answers(client, 1)).containsOnlyKeys(2L);
      fixture.grid.letGo();
      assertThat(answers(client, 1)).containsOnlyKeys(1L);
    }
  }

  @Test
  void answersMoreThanMayBeUnderWay() {
    try (RespClient client = opened()) {
      Operation[] operations = new Operation[500];
      for (int number = 0; number < operations.length; number++) {
        operations[number] = operation(number + 1, new Request.Add(KEY, 1));
      }
      client.send("GRID.OP", batch(operations));
      client.send("GRID.OP", batch(operation(501, new Request.Add(KEY, 1))));
      assertThat(answers(client, 501).get(501L)).isEqualTo(new Answer.Amount(501));
    }
  }

  @Test
  void passesRefusalsOn() {
    Operation operation = operation(1, new Request.Size());
    fixture.grid.place(SHARD, InProcessGrid.OTHER);
    try (RespClient client = opened()) {
      client.send("GRID.OP", batch(operation));
      assertThat(answers(client, 1).get(1L)).isInstanceOf(Answer.Moved.class);
    }
  }

  @Test
  void tellsOfThePlacement() {
    try (RespClient client = opened();
        RespClient plain = fixture.client3()) {
      assertThat(plain.ask("PING")).isEqualTo("PONG");
      fixture.grid.place(SHARD, InProcessGrid.OTHER);
      Topology pushed =
          TopologyCodec.read(new WireReader(pushed(client.readValue(), "grid.placement")));
      assertThat(pushed.placement().get(SHARD).primary()).isEqualTo(InProcessGrid.OTHER);
      client.send("GRID.PLACEMENT");
      assertThat(topology(client.readValue())).isEqualTo(pushed);
      assertThat(plain.ask("PING")).isEqualTo("PONG");
    }
  }

  @Test
  void refusesToBeginWrongly() {
    try (RespClient client = fixture.client()) {
      assertThat(client.ask("GRID.HELLO", CLIENT, 1)).startsWith("-ERR GRID.HELLO needs RESP3");
      client.ask("HELLO", 3);
      assertThat(client.ask("GRID.OP", "x")).isEqualTo("-ERR GRID.OP needs GRID.HELLO first");
      assertThat(client.ask("GRID.HELLO", CLIENT, 99))
          .isEqualTo("-ERR wire versions differ: versionOfServer=1, versionOfClient=99");
      assertThat(client.ask("GRID.HELLO", "x", 1)).startsWith("-ERR value is not an integer");
      client.send("GRID.HELLO", CLIENT, WireFormat.VERSION);
      client.readValue();
      assertThat(client.ask("GRID.HELLO", CLIENT, 1)).startsWith("-ERR GRID.HELLO was already");
      assertThat(client.ask("HELLO", 2)).startsWith("-ERR GRID.HELLO was said");
    }
  }

  @Test
  void saysWhatIsWrongWithABatchAndCloses() {
    for (byte[] malformed :
        new byte[][] {
          {},
          {1, 2, 3},
          new byte[100],
          batch(operation(CLIENT + 1, SHARD, 1, new Request.Size())),
          batch(operation(CLIENT, RespFixture.SHARDS, 1, new Request.Size()))
        }) {
      try (RespClient client = opened()) {
        client.send("GRID.OP", malformed);
        assertThat(new String(pushed(client.readValue(), "grid.error"), StandardCharsets.UTF_8))
            .startsWith("malformed batch: ");
        assertThat(client.isClosed()).isTrue();
      }
    }
  }

  @Test
  void disconnectsAClientThatDoesNotReadItsAnswers() {
    try (RespClient client = opened();
        RespClient other = fixture.client()) {
      client.send("GRID.OP", batch(operation(1, put(new byte[1 << 20]))));
      answers(client, 1);
      fixture.grid.holdBack(operation -> operation.request().kind() == Request.Kind.GET);
      client.send("GRID.OP", gets(2, 50));
      while (fixture.grid.heldBack() < 50) {
        Thread.onSpinWait();
      }
      fixture.grid.letGo();
      while (!other.ask("INFO", "stats").contains("limit_disconnections:1")) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void answersAPatientClientWhateverItAsksFor() {
    try (RespClient client = opened()) {
      client.send("GRID.OP", batch(operation(1, put(new byte[1 << 20]))));
      answers(client, 1);
      client.send("GRID.OP", gets(2, 100));
      assertThat(answers(client, 100)).hasSize(100);
    }
  }

  private byte[] gets(int firstSeq, int count) {
    Operation[] gets = new Operation[count];
    for (int number = 0; number < count; number++) {
      gets[number] = operation(firstSeq + number, new Request.Get(KEY));
    }
    return batch(gets);
  }
}
