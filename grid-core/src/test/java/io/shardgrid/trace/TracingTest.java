package io.shardgrid.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shardgrid.failure.GridConfigException;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TracingTest {

  private static final TraceContext CALLER = TraceContext.sampled(5, 6, 7);
  private static final TraceContext UNFOLLOWED = new TraceContext(5, 6, 7, (byte) 0);
  private static final long SECOND = 1_000_000_000L;

  private final RecordingTracer tracer = new RecordingTracer();
  private long nowNanos = 17 * SECOND;

  private Tracing tracing(double ratio, int perSecondMax) {
    SplittableRandom random = new SplittableRandom(1);
    return new Tracing(
        tracer, new TraceSettings(ratio, perSecondMax), () -> nowNanos, random::nextLong);
  }

  private static @Nullable TraceSpan enter(Tracing tracing, @Nullable TraceContext told) {
    return tracing.enter(SpanKind.SERVER, told, "get", "cities");
  }

  @Test
  void beginsATraceForAShareOfTheOperations() {
    Tracing tracing = tracing(0.01, 100_000);
    for (int i = 0; i < 100_000; i++) {
      enter(tracing, null);
    }
    assertThat(tracer.spans()).hasSizeBetween(850, 1150);
    assertThat(tracer.spans().get(0).name()).isEqualTo("get cities");
    assertThat(tracer.spans().get(0).parent()).isNull();
  }

  @Test
  void beginsNoneForARatioOf0AndAllFor1() {
    assertThat(enter(tracing(0, 10), null)).isNull();
    assertThat(enter(tracing(1, 10), null)).isNotNull();
  }

  @Test
  void goesOnWithWhatTheCallerRecordsAndOnlyThat() {
    Tracing tracing = tracing(1, 10);
    assertThat(enter(tracing, UNFOLLOWED)).isNull();
    TraceSpan span = enter(tracing, CALLER);
    assertThat(span).isNotNull();
    assertThat(tracer.spans().get(0).parent()).isEqualTo(CALLER);
    TraceSpan ofThread = tracer.within(CALLER, () -> enter(tracing(0, 10), null));
    assertThat(ofThread).isNotNull();
    TraceSpan none = tracer.within(UNFOLLOWED, () -> enter(tracing, null));
    assertThat(none).isNull();
  }

  @Test
  void decidesOnceForAllThatIsDoneForAnOperation() {
    Tracing tracing = tracing(1, 10);
    TraceSpan none = tracing.within(null, () -> enter(tracing, null));
    assertThat(none).as("was not chosen").isNull();
    TraceSpan span = enter(tracing, null);
    assertThat(span).isNotNull();
    TraceSpan below = tracing.within(span, () -> enter(tracing, null));
    assertThat(below).isNotNull();
    assertThat(tracer.spans().get(1).parent()).isEqualTo(tracer.spans().get(0).context());
  }

  @Test
  void followsNoMoreInASecondThanItMayHoweverManyCallersAsk() {
    Tracing tracing = tracing(1, 3);
    for (int i = 0; i < 10; i++) {
      enter(tracing, CALLER);
      nowNanos += SECOND / 100;
    }
    assertThat(tracer.spans()).as("of callers").hasSize(3);
    for (int i = 0; i < 10; i++) {
      enter(tracing, null);
    }
    assertThat(tracer.spans()).as("own ones have a bound of their own").hasSize(6);
    assertThat(tracing.refused()).isEqualTo(14);
    nowNanos += SECOND;
    assertThat(enter(tracing, CALLER)).isNotNull();
    assertThat(tracing.refused()).isEqualTo(14);
  }

  @Test
  void refusesSettingsOutOfRangeByTheirKey() {
    assertThatThrownBy(() -> new TraceSettings(1.5, 1))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("grid.trace.sample-ratio");
    assertThatThrownBy(() -> new TraceSettings(0.5, 0))
        .isInstanceOf(GridConfigException.class)
        .hasMessageContaining("grid.trace.per-second-max");
  }
}
