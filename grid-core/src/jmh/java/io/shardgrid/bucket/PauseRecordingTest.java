package io.shardgrid.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.bucket.PauseRecording.Recorded;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class PauseRecordingTest {

  @Test
  void findsAFullCollectionWithinItsCall() throws IOException {
    PauseRecording recording = PauseRecording.start();
    long beforeNanos = System.nanoTime();
    System.gc();
    long afterNanos = System.nanoTime();
    Recorded recorded = recording.stop(beforeNanos, afterNanos);
    assertThat(recorded.collectorPauses()).isNotEmpty();
    assertThat(recorded.stops().touch(beforeNanos, afterNanos, 0)).isTrue();
    assertThat(recorded.stops().overlapNanos(beforeNanos, afterNanos))
        .isGreaterThanOrEqualTo(recorded.collectorPauses().get(0).nanos());
  }
}
