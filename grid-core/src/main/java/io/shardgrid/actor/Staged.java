package io.shardgrid.actor;

import io.shardgrid.trace.SpanKind;
import io.shardgrid.trace.SpanNames;
import io.shardgrid.trace.TraceContext;
import io.shardgrid.trace.TraceSpan;
import io.shardgrid.trace.TraceSwitch;
import io.shardgrid.trace.Tracing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Things that go from state to state, each a span with one span for each state. Not thread-safe.
 *
 * @param <K> what names a thing among those that are under way
 */
final class Staged<K> {

  /** So many first spans are remembered: one that begins once more gets another number. */
  private static final int KNOWN_MAX = 1024;

  private final TraceSwitch traces;
  private final Map<K, Open> open = new LinkedHashMap<>();
  private final Map<TraceContext, Boolean> known =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<TraceContext, Boolean> eldest) {
          return size() > KNOWN_MAX;
        }
      };

  /** A thing under way, and the state it is in. */
  private record Open(TraceSpan whole, TraceContext self, @Nullable TraceSpan stage) {}

  Staged(TraceSwitch traces) {
    this.traces = traces;
  }

  /**
   * A thing begins.
   *
   * @param self its first span, known to all who take part
   */
  void begins(K key, TraceContext self, String name, String state, Consumer<TraceSpan> about) {
    end(key, "superseded");
    Tracing tracing = traces.tracing();
    if (tracing == null) {
      return;
    }
    boolean isAgain = known.put(self, true) != null;
    TraceSpan whole =
        isAgain ? tracing.below(self, SpanKind.INTERNAL, name, "") : tracing.beginAs(self, name);
    if (whole != null) {
      about.accept(whole);
      open.put(key, new Open(whole, self, stage(tracing, whole, state, about)));
    }
  }

  /** It goes on to another state. */
  void goesOn(K key, String state, Consumer<TraceSpan> about) {
    Open one = open.get(key);
    Tracing tracing = traces.tracing();
    if (one != null) {
      endStage(one);
      TraceSpan next = tracing == null ? null : stage(tracing, one.whole, state, about);
      open.put(key, new Open(one.whole, one.self, next));
    }
  }

  /** It is over. */
  void ends(K key, String outcome, Consumer<TraceSpan> about) {
    Open one = open.get(key);
    if (one != null) {
      about.accept(one.whole);
      end(key, outcome);
    }
  }

  /** Nobody here hears of any of them any more. */
  void endAll(String outcome) {
    for (K key : List.copyOf(open.keySet())) {
      end(key, outcome);
    }
  }

  private void end(K key, String outcome) {
    Open one = open.remove(key);
    if (one != null) {
      endStage(one);
      one.whole.put(SpanNames.OUTCOME, outcome).end();
    }
  }

  private static void endStage(Open one) {
    TraceSpan stage = one.stage;
    if (stage != null) {
      stage.end();
    }
  }

  private static @Nullable TraceSpan stage(
      Tracing tracing, TraceSpan whole, String state, Consumer<TraceSpan> about) {
    TraceSpan stage = tracing.below(whole.context(), SpanKind.INTERNAL, state, "");
    if (stage != null) {
      about.accept(stage);
    }
    return stage;
  }
}
