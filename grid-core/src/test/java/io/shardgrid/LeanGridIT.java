package io.shardgrid;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A process that has none of the libraries which are left to those who want some. */
final class LeanGridIT {

  private static final List<String> OPTIONAL =
      List.of("chicory", "lz4-java", "micrometer", "prometheus-metrics", "opentelemetry");

  @Test
  void servesWithoutWhatIsOptionalAndSaysWhatIsMissing() throws Exception {
    String lean =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> OPTIONAL.stream().noneMatch(entry::contains))
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                lean,
                LeanGridIT.class.getName())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    assertThat(printed)
        .contains("got Optional[value]")
        .contains("load GridUnavailableException: Rules need com.dylibso.chicory:runtime")
        .contains("call InvalidRuleException: There is no such rule")
        .contains("codec CodecException: LZ4 is not on the class path");
  }

  /** What the process does. */
  public static void main(String[] arguments) {
    try (RunningGrids grids = new RunningGrids()) {
      Grid grid = grids.cluster(RunningGrids.REFERENCE, "lean").get(0);
      AsyncMap<String, String> map = grid.map("m", Codecs.string(), Codecs.string());
      map.put("key", "value").toCompletableFuture().join();
      System.out.println("got " + map.get("key").toCompletableFuture().join());
      say("load", grid.rules().load("rule", new byte[] {0}));
      say("call", map.invoke("key", "rule"));
      try {
        System.out.println(Codecs.lz4(Codecs.string(), 100));
      } catch (RuntimeException e) {
        System.out.println("codec " + e.getClass().getSimpleName() + ": " + e.getMessage());
      }
    }
  }

  private static void say(String what, CompletionStage<?> stage) {
    try {
      System.out.println(what + " " + stage.toCompletableFuture().join());
    } catch (CompletionException e) {
      Throwable cause = requireNonNull(e.getCause());
      System.out.println(what + " " + cause.getClass().getSimpleName() + ": " + cause.getMessage());
    }
  }
}
