package io.shardgrid.bucket;

import io.shardgrid.bucket.Pauses.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * A flight recording of this JVM's stop-the-world pauses, translated to the clock of {@link
 * System#nanoTime}. Confined to the thread that measures.
 */
final class PauseRecording {

  /*
   * A stop is what a safepoint takes from the thread's point of view: from jdk.SafepointBegin,
   * when threads are asked to stop, to the end of jdk.SafepointEnd, when they have been let go.
   * A pause is what the collector does inside of it (jdk.GCPhasePause). Safepoints have other
   * causes as well (deoptimization, revocation of locks): those stop a thread just the same.
   *
   * The recording has a clock of its own, the processor's counter on most machines, which runs at
   * not quite the same rate as nanoTime. ClockMark puts both readings into the recording again and
   * again; marks that took long were interrupted between the readings and are not used.
   */
  private static final String SAFEPOINT_BEGIN = "jdk.SafepointBegin";
  private static final String SAFEPOINT_END = "jdk.SafepointEnd";
  private static final String COLLECTOR_PAUSE = "jdk.GCPhasePause";
  private static final Duration MARK_MAX = Duration.ofNanos(5_000);

  private static final int MARKS_AT_BORDER = 20;

  private final Recording recording = new Recording();

  /** What was recorded in a stretch of time. */
  record Recorded(Pauses stops, List<Pause> collectorPauses) {}

  /** Starts recording. */
  static PauseRecording start() {
    PauseRecording started = new PauseRecording();
    for (String event : List.of(SAFEPOINT_BEGIN, SAFEPOINT_END, COLLECTOR_PAUSE)) {
      started.recording.enable(event).withThreshold(Duration.ZERO).withoutStackTrace();
    }
    started.recording.enable(ClockMark.NAME).withThreshold(Duration.ZERO);
    started.recording.start();
    takeMarks();
    return started;
  }

  /** Ends the recording; answers with what touches the time from start to end. */
  Recorded stop(long startNanos, long endNanos) throws IOException {
    Path file = Files.createTempFile("shardgrid-pauses-", ".jfr");
    try {
      takeMarks();
      recording.stop();
      recording.dump(file);
      recording.close();
      return read(RecordingFile.readAllEvents(file), startNanos, endNanos);
    } finally {
      Files.delete(file);
    }
  }

  private static void takeMarks() {
    for (int i = 0; i < MARKS_AT_BORDER; i++) {
      ClockMark.take();
    }
  }

  private static Recorded read(List<RecordedEvent> events, long startNanos, long endNanos) {
    ClockMap clocks = new ClockMap(marks(events));
    List<Pause> collectorPauses = new ArrayList<>();
    List<Pause> stops = new ArrayList<>();
    Map<Long, Instant> begun = new HashMap<>();
    for (RecordedEvent event : events) {
      if (event.getEventType().getName().equals(SAFEPOINT_BEGIN)) {
        begun.put(event.getLong("safepointId"), event.getStartTime());
      }
    }
    for (RecordedEvent event : events) {
      String name = event.getEventType().getName();
      if (name.equals(COLLECTOR_PAUSE)) {
        collectorPauses.add(pause(clocks, event.getStartTime(), event.getEndTime()));
      } else if (name.equals(SAFEPOINT_END)) {
        Instant begin = begun.getOrDefault(event.getLong("safepointId"), event.getStartTime());
        stops.add(pause(clocks, begin, event.getEndTime()));
      }
    }
    stops.addAll(collectorPauses);
    stops.removeIf(pause -> !lies(pause, startNanos, endNanos));
    collectorPauses.removeIf(pause -> !lies(pause, startNanos, endNanos));
    return new Recorded(Pauses.of(stops), collectorPauses);
  }

  private static boolean lies(Pause pause, long startNanos, long endNanos) {
    return pause.endNanos() > startNanos && pause.startNanos() < endNanos;
  }

  private static List<ClockMap.Mark> marks(List<RecordedEvent> events) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals(ClockMark.NAME))
        .filter(event -> event.getDuration().compareTo(MARK_MAX) <= 0)
        .map(
            event ->
                new ClockMap.Mark(
                    nanosOf(event.getStartTime()) + event.getDuration().toNanos() / 2,
                    event.getLong(ClockMark.NANOS)))
        .toList();
  }

  private static Pause pause(ClockMap clocks, Instant start, Instant end) {
    return new Pause(clocks.nanos(nanosOf(start)), clocks.nanos(nanosOf(end)));
  }

  private static long nanosOf(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }
}
