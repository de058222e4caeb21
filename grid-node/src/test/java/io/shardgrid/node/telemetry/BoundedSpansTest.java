package io.shardgrid.node.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class BoundedSpansTest {

  private final List<String> handedOn = new ArrayList<>();
  private final AtomicLong gone = new AtomicLong();
  private final BoundedSpans spans = new BoundedSpans(new Noting(), 2, gone::get);

  /** Keeps the names of what ends. */
  private final class Noting implements SpanProcessor {
    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
      return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
      handedOn.add(span.getName());
    }

    @Override
    public boolean isEndRequired() {
      return true;
    }
  }

  @Test
  void dropsAndCountsWhatIsBeyondTheBoundAndGoesOnWhenThereIsRoom() {
    try (SdkTracerProvider provider = SdkTracerProvider.builder().addSpanProcessor(spans).build()) {
      Tracer tracer = provider.get("test");
      for (String name : List.of("a", "b", "c", "d")) {
        tracer.spanBuilder(name).startSpan().end();
      }
      assertThat(handedOn).containsExactly("a", "b");
      assertThat(spans.dropped()).isEqualTo(2);
      gone.set(1);
      tracer.spanBuilder("e").startSpan().end();
      tracer.spanBuilder("f").startSpan().end();
      assertThat(handedOn).containsExactly("a", "b", "e");
      assertThat(spans.dropped()).isEqualTo(3);
      assertThat(spans.ended()).isEqualTo(6);
    }
  }
}
