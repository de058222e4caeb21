package io.shardgrid.bucket;

import io.shardgrid.figures.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Gets or puts random entries of one map under a flight recording, and prints which share of the
 * samples met which method: the child of {@link StorageProfile}.
 */
final class ProfileRun {

  private static final String SAMPLE = "jdk.ExecutionSample";
  private static final Duration PERIOD = Duration.ofMillis(10);
  private static final int WARM_OPERATIONS = 2_000_000;

  private final byte[] key = new byte[16];
  private final byte[] value = SampleKeys.value(100);
  private final BucketMap map = Subjects.bucketMap();
  private final int[] order;
  private final boolean isPut;
  private int next;
  private long checksum;

  private ProfileRun(int entries, boolean isPut) {
    this.order = SampleKeys.shuffledNumbers(entries);
    this.isPut = isPut;
    for (int number = 0; number < entries; number++) {
      SampleKeys.write(number, key);
      map.put(key, value, number, BucketMap.NO_DEADLINE);
    }
  }

  public static void main(String[] args) throws IOException {
    Options options =
        Options.parse(
            args, Map.of("entries", "1000000", "operation", "get", "operations", "50000000"));
    ProfileRun run =
        new ProfileRun(options.number("entries"), options.text("operation").equals("put"));
    run.operate(WARM_OPERATIONS);
    run.record(options.number("operations")).print(System.out);
  }

  private Figures record(int operations) throws IOException {
    try (Recording recording = new Recording()) {
      recording.enable(SAMPLE).withPeriod(PERIOD);
      recording.start();
      long startNanos = System.nanoTime();
      operate(operations);
      double nanos = (System.nanoTime() - startNanos) / (double) operations;
      recording.stop();
      Figures figures = shares(recording);
      figures.put("nanos", nanos);
      figures.put("checksum", checksum);
      return figures;
    }
  }

  private void operate(int operations) {
    for (int i = 0; i < operations; i++) {
      SampleKeys.write(order[next], key);
      if (++next == order.length) {
        next = 0;
      }
      if (isPut) {
        map.put(key, value, i, BucketMap.NO_DEADLINE);
      } else {
        byte[] found = map.get(key);
        checksum += found == null ? 0 : found.length;
      }
    }
  }

  private static Figures shares(Recording recording) throws IOException {
    Path file = Files.createTempFile("shardgrid-profile-", ".jfr");
    Map<String, Integer> samples = new TreeMap<>();
    int total = 0;
    try {
      recording.dump(file);
      for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
        if (event.getStackTrace() != null) {
          samples.merge(methodOf(event.getStackTrace().getFrames().get(0)), 1, Integer::sum);
          total++;
        }
      }
    } finally {
      Files.delete(file);
    }
    Figures figures = new Figures();
    figures.put("samples", total);
    double all = total;
    samples.forEach((method, count) -> figures.put(StorageProfile.SHARE + method, count / all));
    return figures;
  }

  private static String methodOf(RecordedFrame frame) {
    String type = frame.getMethod().getType().getName();
    return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethod().getName();
  }
}
