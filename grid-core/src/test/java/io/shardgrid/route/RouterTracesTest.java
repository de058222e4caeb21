package io.shardgrid.route;

import static io.shardgrid.route.RouteFixtures.A;
import static io.shardgrid.route.RouteFixtures.B;
import static io.shardgrid.route.RouteFixtures.MILLI;
import static io.shardgrid.route.RouteFixtures.SETTINGS;
import static io.shardgrid.route.RouteFixtures.entry;
import static io.shardgrid.route.RouteFixtures.get;
import static io.shardgrid.route.RouteFixtures.put;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.failure.GridException;
import io.shardgrid.trace.RecordingTracer;
import io.shardgrid.trace.RecordingTracer.Recorded;
import io.shardgrid.trace.SpanKind;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.trace.TraceSettings;
import io.shardgrid.trace.TraceSwitch;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a router says of operations that are followed, and that it says nothing of others. */
final class RouterTracesTest {

  private final RecordingTransport transport = new RecordingTransport();
  private final RecordingTracer tracer = new RecordingTracer();
  private long now = 1_000 * MILLI;

  private Router router(TraceSwitch traces) {
    Router router = new Router(SETTINGS, 4, 7, transport, () -> now, traces);
    router.wayOpened(A);
    router.wayOpened(B);
    router.placed(entry(1, 1, A));
    return router;
  }

  private RecordingOutcome submit(Router router, Request request) {
    RecordingOutcome outcome = new RecordingOutcome();
    router.submit("cities", 1, request, 100 * MILLI, outcome);
    return outcome;
  }

  @Test
  void saysNothingWhileItIsOffNorOfWhatIsNotChosen() {
    submit(router(new TraceSwitch(TraceSettings.NOTHING_NEW)), put("a", "1"));
    submit(router(tracer.on(0)), put("a", "1"));
    assertThat(tracer.spans()).isEmpty();
    assertThat(transport.sent).extracting(sent -> sent.operation().trace()).containsOnlyNulls();
  }

  @Test
  void isOneSpanHoweverOftenItIsSent() {
    Router router = router(tracer.on(1));
    RecordingOutcome outcome = submit(router, put("a", "1"));
    router.answered(1, 1, new Answer.Moved(entry(1, 2, B)));
    router.answered(1, 1, new Answer.Later("full"));
    now += 50 * MILLI;
    router.tick();
    router.answered(1, 1, Answer.Done.INSTANCE);
    assertThat(outcome.ends).isEqualTo(1);

    Recorded span = tracer.span("put cities");
    assertThat(span.kind()).isEqualTo(SpanKind.CLIENT);
    assertThat(span.ends()).isEqualTo(1);
    assertThat(span.events())
        .containsExactly(
            "attempt " + A.address(),
            "moved",
            "attempt " + B.address(),
            "later",
            "attempt " + B.address());
    assertThat(span.said())
        .containsEntry("shardgrid.attempts", 3L)
        .containsEntry("shardgrid.shard", 1L)
        .containsEntry("shardgrid.outcome", "ok")
        .containsEntry("db.operation.name", "put")
        .containsEntry("db.collection.name", "cities");
    assertThat(transport.sent)
        .as("all attempts travel with it")
        .hasSize(3)
        .allSatisfy(sent -> assertThat(sent.operation().trace()).isEqualTo(span.context()));
  }

  @Test
  void endsWithWhyItFailed() {
    Router router = router(tracer.on(1));
    submit(router, put("a", "1"));
    now += 200 * MILLI;
    router.tick();
    Recorded span = tracer.span("put cities");
    assertThat(span.ends()).isEqualTo(1);
    assertThat(span.said())
        .containsEntry("error.type", "OutcomeUnknownException")
        .containsEntry("shardgrid.outcome", "failed");
  }

  @Test
  void takesTheDecisionOfWhoeverAsks() {
    Router router = router(tracer.on(1));
    TraceContext asker = TraceContext.sampled(5, 6, 7);
    router.submit("cities", 1, put("a", "1"), 100 * MILLI, new Asked(asker));
    assertThat(tracer.span("put cities").parent()).isEqualTo(asker);
    router.submit("cities", 1, put("b", "1"), 100 * MILLI, new Asked(TraceContext.UNSAMPLED));
    assertThat(tracer.spans()).hasSize(1);
  }

  private record Asked(TraceContext asker) implements Outcome {
    @Override
    public void resolved(Answer answer) {}

    @Override
    public void failed(GridException failure) {}
  }

  @Test
  void sendsAFollowedReadTheWayOfAllOperations() {
    transport.local = Set.of(A);
    transport.told = Answer.Absent.INSTANCE;
    Router router = router(tracer.on(1));
    submit(router, get("a"));
    assertThat(transport.executed).extracting(Operation::trace).doesNotContainNull().hasSize(1);
  }

  @Test
  void isOneDecisionForAllPartsOfAnOperation() {
    Router router = router(tracer.on(1));
    for (int shard : List.of(0, 2, 3)) {
      router.placed(entry(shard, 1, A));
    }
    RecordingOutcome outcome = new RecordingOutcome();
    Bulk.everyShard(router, "cities", new Request.Size(), 100 * MILLI, outcome);
    Recorded whole = tracer.spans().get(0);
    assertThat(tracer.spans()).hasSize(5);
    assertThat(tracer.spans().subList(1, 5))
        .allSatisfy(part -> assertThat(part.parent()).isEqualTo(whole.context()));
    for (int shard = 0; shard < 4; shard++) {
      router.answered(shard, 1, new Answer.Amount(2));
    }
    assertThat(outcome.answer).isEqualTo(new Answer.Amount(8));
    assertThat(tracer.spans()).allSatisfy(span -> assertThat(span.ends()).isEqualTo(1));
  }
}
