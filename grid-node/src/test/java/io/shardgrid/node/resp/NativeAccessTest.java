package io.shardgrid.node.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.key.Slot;
import io.shardgrid.node.security.AccessDesk;
import io.shardgrid.node.security.SampleUsers;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.AnswerCodec;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.ExportPosition;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.OperationCodec;
import io.shardgrid.wire.Request;
import io.shardgrid.wire.WireFormat;
import io.shardgrid.wire.WireReader;
import io.shardgrid.wire.WireWriter;
import io.shardgrid.wire.resp.RespValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Rights of the native protocol, operation by operation, over a socket. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NativeAccessTest {

  private static final byte[] KEY = "foo".getBytes(StandardCharsets.UTF_8);
  private static final int SHARD = Slot.shardOf(Slot.of(KEY), RespFixture.SHARDS);

  /** Everything that an operation can be. */
  static final List<Request> REQUESTS =
      List.of(
          new Request.Get(KEY),
          new Request.Peek(KEY),
          put(false),
          put(true),
          new Request.Remove(KEY, Condition.ALWAYS, false),
          new Request.Remove(KEY, Condition.ALWAYS, true),
          new Request.Expire(KEY, Expiry.NEVER, false),
          new Request.Expire(KEY, Expiry.NEVER, true),
          new Request.Add(KEY, 1),
          new Request.Append(KEY, KEY),
          new Request.GetAll(List.of(KEY)),
          new Request.PutAll(List.of(KEY), List.of(KEY), Expiry.NEVER),
          new Request.RemoveAll(List.of(KEY)),
          new Request.CountAll(List.of(KEY)),
          new Request.Size(),
          new Request.Clear(),
          new Request.Scan(0, 10, true),
          new Request.ClearAll(),
          new Request.Export(ExportPosition.START, 1_024),
          new Request.Describe());

  private AccessDesk desk;
  private RespFixture fixture;

  private static Request put(boolean wantsPrevious) {
    return new Request.Put(KEY, KEY, Expiry.NEVER, Condition.ALWAYS, wantsPrevious);
  }

  @BeforeAll
  void start() {
    desk = SampleUsers.desk();
    fixture = RespFixture.knowing(desk);
  }

  @AfterAll
  void stop() {
    fixture.close();
    desk.close();
  }

  private RespClient opened(String user, long client) {
    RespClient connection = fixture.client();
    connection.send("HELLO", 3, "AUTH", user, SampleUsers.PASSWORD);
    connection.send("GRID.HELLO", client, WireFormat.VERSION);
    assertThat(connection.read()).contains("'proto' 3");
    assertThat(connection.readValue()).isInstanceOf(RespValue.Bulk.class);
    return connection;
  }

  /** The answer to the operation of this number. */
  private Answer ask(RespClient connection, long client, long seq, String map, Request request) {
    long epoch = Objects.requireNonNull(fixture.grid.router().placement(SHARD)).epoch();
    long deadlineNanos = System.nanoTime() + 5_000_000_000L;
    WireWriter batch = new WireWriter(0);
    OperationCodec.write(
        batch,
        new Operation(map, SHARD, client, seq, seq, epoch, 0, deadlineNanos, request),
        System.nanoTime());
    connection.send("GRID.OP", batch.toBytes());
    RespValue.Items push = (RespValue.Items) connection.readValue();
    AtomicReference<Answer> answer = new AtomicReference<>();
    AnswerCodec.read(
        new WireReader(((RespValue.Bulk) push.items().get(1)).bytes()),
        (shard, named, number, found) -> answer.set(found));
    return Objects.requireNonNull(answer.get());
  }

  private static boolean isRefused(Answer answer) {
    return answer instanceof Answer.Failed failed && failed.code() == FailureCode.NO_ACCESS;
  }

  @Test
  void refusesTheHandshakeWithoutALogin() {
    try (RespClient connection = fixture.client()) {
      assertThat(connection.ask("GRID.HELLO", 7, WireFormat.VERSION)).startsWith("-NOAUTH");
      assertThat(connection.ask("GRID.PLACEMENT")).startsWith("-NOAUTH");
      assertThat(connection.ask("GRID.OP", new byte[0])).startsWith("-NOAUTH");
    }
  }

  @Test
  void judgesEveryKindOfOperation() {
    long client = 100;
    for (String user : List.of("reader", "writer", "clerk")) {
      client++;
      try (RespClient connection = opened(user, client)) {
        long seq = 0;
        for (Request request : REQUESTS) {
          seq++;
          boolean isReading = CommandRights.of(request).words().startsWith("read");
          boolean isWriting = CommandRights.of(request).words().contains("write");
          boolean isWide = request instanceof Request.ClearAll;
          boolean wanted =
              switch (user) {
                case "reader" -> !isWriting;
                case "clerk" -> !isReading && !isWide;
                default -> true;
              };
          Answer answer = ask(connection, client, seq, "orders", request);
          assertThat(!isRefused(answer)).as(user + " " + request.kind()).isEqualTo(wanted);
        }
        assertThat(isRefused(ask(connection, client, seq + 1, "prices", put(false))))
            .isEqualTo(!user.equals("writer"));
      }
    }
  }

  @Test
  void saysWhatIsMissing() {
    try (RespClient connection = opened("reader", 200)) {
      Answer.Failed failed = (Answer.Failed) ask(connection, 200, 1, "cities", new Request.Clear());
      assertThat(failed.message()).contains("user=reader", "map=cities", "needs=write");
    }
  }
}
