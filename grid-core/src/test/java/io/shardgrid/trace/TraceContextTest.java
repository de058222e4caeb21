package io.shardgrid.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TraceContextTest {

  private static final String TEXT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void readsAndWritesWhatW3cGivesAsAnExample() {
    TraceContext context = TraceContext.parse(TEXT);
    assertThat(context.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(context.spanId()).isEqualTo("00f067aa0ba902b7");
    assertThat(context.isSampled()).isTrue();
    assertThat(context.traceparent()).isEqualTo(TEXT);
    String unsampled = TEXT.substring(0, 53) + "00";
    assertThat(TraceContext.parse(unsampled).isSampled()).isFalse();
    assertThat(TraceContext.parse(unsampled).traceparent()).isEqualTo(unsampled);
  }

  @Test
  void takesALaterVersionForWhatItKnowsOfIt() {
    String later = "cc" + TEXT.substring(2);
    assertThat(TraceContext.parse(later)).isEqualTo(TraceContext.parse(TEXT));
    assertThat(TraceContext.parse(later + "-what-the-future-will-be-like"))
        .isEqualTo(TraceContext.parse(TEXT));
  }

  @ParameterizedTest
  @CsvSource({
    "'', it is too short: characters=0",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0, it is too short: characters=54",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-011, it is too long: characters=56",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x, it is too long: characters=57",
    "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x, it is too long: characters=56",
    "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, there is no such version: version=ff",
    "0g-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, "
        + "the version has other characters than 0 to 9 and a to f: place=1",
    "00-4BF92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, "
        + "the trace has other characters than 0 to 9 and a to f: place=4",
    "00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01, "
        + "there is no dash where one belongs: place=35",
    "00-00000000000000000000000000000000-00f067aa0ba902b7-01, "
        + "the numbers of trace and span are not 0",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01, "
        + "the numbers of trace and span are not 0",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0 , it is too short: characters=54"
  })
  void refusesWhatIsNone(String text, String why) {
    assertThatThrownBy(() -> TraceContext.parse(text))
        .isInstanceOf(TraceparentException.class)
        .hasMessageEndingWith(": " + why);
  }

  @Test
  void derivesTheSameForTheSameAndOthersForOthers() {
    Set<Long> traces = new HashSet<>();
    Set<Long> spans = new HashSet<>();
    for (long shard = 0; shard < 256; shard++) {
      for (long epoch = 1; epoch < 20; epoch++) {
        TraceContext move = TraceContext.derived(7, "move", shard, epoch);
        assertThat(move).isEqualTo(TraceContext.derived(7, "move", shard, epoch));
        assertThat(move.isSampled()).isTrue();
        traces.add(move.traceLow());
        spans.add(move.span());
      }
    }
    assertThat(traces).hasSize(256 * 19);
    assertThat(spans).hasSize(256 * 19);
    assertThat(TraceContext.derived(8, "move", 0, 1))
        .isNotEqualTo(TraceContext.derived(7, "move", 0, 1));
    assertThat(TraceContext.derived(7, "order", 0, 1))
        .isNotEqualTo(TraceContext.derived(7, "move", 0, 1));
  }
}
