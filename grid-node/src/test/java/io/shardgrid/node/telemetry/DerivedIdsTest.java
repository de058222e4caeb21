package io.shardgrid.node.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import io.shardgrid.trace.TraceContext;
import org.junit.jupiter.api.Test;

final class DerivedIdsTest {

  private static final TraceContext MOVE = TraceContext.derived(42, "move 7", 1L << 32, 9);

  private final DerivedIds ids = new DerivedIds();

  @Test
  void areThoseOfTheSpanThatIsBegunMeanwhile() {
    ids.beginAs(
        MOVE,
        () -> {
          assertThat(ids.generateTraceId()).isEqualTo(MOVE.traceId());
          assertThat(ids.generateSpanId()).isEqualTo(MOVE.spanId());
        });
    assertThat(ids.generateTraceId()).isNotEqualTo(MOVE.traceId());
    assertThat(ids.generateSpanId()).isNotEqualTo(MOVE.spanId());
  }

  @Test
  void areDrawnAgainAlsoWhenThatFailed() {
    assertThatThrownBy(
            () ->
                ids.beginAs(
                    MOVE,
                    () -> {
                      throw new IllegalStateException();
                    }))
        .isInstanceOf(IllegalStateException.class);
    String trace = ids.generateTraceId();
    assertThat(TraceId.isValid(trace)).isTrue();
    assertThat(trace).isNotEqualTo(MOVE.traceId()).isNotEqualTo(ids.generateTraceId());
    assertThat(SpanId.isValid(ids.generateSpanId())).isTrue();
  }
}
