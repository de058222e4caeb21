package io.shardgrid.node.provision;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.autoscale.Provision;
import io.shardgrid.autoscale.ScaleOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes of one machine carry out one order at the same time. */
final class LocalProcessesAcrossTest {

  private static final int PROCESSES = 3;
  private static final int SECONDS_MAX = 60;

  private final Path directory;
  private final List<Process> others = new ArrayList<>();

  LocalProcessesAcrossTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void stop() throws IOException {
    others.forEach(Process::destroyForcibly);
    for (NodeFolder folder : folders()) {
      folder.living().ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void startNothingTwice() throws Exception {
    for (int one = 0; one < PROCESSES; one++) {
      others.add(java(Other.class));
    }
    for (Process other : others) {
      assertThat(other.inputReader().readLine()).isEqualTo("there");
    }
    for (Process other : others) {
      other.outputWriter().close();
    }
    for (Process other : others) {
      assertThat(other.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
      assertThat(other.inputReader().readLine()).startsWith("Accepted");
    }

    // All of them live on, though who started them has ended.
    assertThat(folders()).extracting(NodeFolder::name).containsExactly("auto-1-1", "auto-1-2");
    assertThat(folders()).allSatisfy(folder -> assertThat(folder.living()).isPresent());
  }

  @Test
  void takeTheLockOneAfterTheOther() throws Exception {
    Process holder = java(Holder.class);
    others.add(holder);
    assertThat(holder.inputReader().readLine()).isEqualTo("there");

    assertThat(DirectoryLock.tryTake(directory)).isEmpty();
    holder.destroyForcibly();
    assertThat(holder.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    try (DirectoryLock taken = DirectoryLock.tryTake(directory).orElseThrow()) {
      assertThat(taken.directory()).isEqualTo(directory.toRealPath());
    }
  }

  @Test
  void findOneThatNotedItsOwnNumber() throws Exception {
    ScaleOrder order = Orders.growth(1, 1, 3);
    ProvisionContext context = new ProvisionContext("shardgrid", "grid {}", System::getenv);
    NodeFolder folder =
        NodeFolder.create(directory.resolve("auto-1-1"), "shardgrid", order, Orders.AT);
    // Who started it died before it noted the number.
    Process node =
        new ProcessBuilder(
                new NodeStart(settings(directory), context).command(folder, List.of("h:1")))
            .start();
    others.add(node);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    while (!Files.exists(folder.number()) || Files.size(folder.number()) == 0) {
      assertThat(node.isAlive() && System.nanoTime() - deadline < 0).isTrue();
      Thread.onSpinWait();
    }

    try (LocalProcesses local =
        LocalProcesses.create(settings(directory), context, () -> Orders.AT.plusSeconds(3_600))) {
      assertThat(Orders.carriedOut(local, order, Orders.members("a")).toString())
          .contains("nodes=[auto-1-2]");
    }
    assertThat(folders()).allSatisfy(one -> assertThat(one.living()).isPresent());
    assertThat(folders().get(0).state().pid()).isEqualTo(node.pid());
  }

  private static LocalSettings settings(Path directory) {
    return SettingsOf.provision(
            ("local { directory = \"%s\", command = [sh, -c, \"exec sleep 600\", sh]"
                    + ", starts-max = 2 }")
                .formatted(directory))
        .local();
  }

  /** Carries the order out when its input ends. */
  static final class Other {

    private Other() {}

    public static void main(String[] arguments) throws IOException {
      LocalSettings settings = settings(Path.of(arguments[0]));
      try (LocalProcesses local = LocalProcesses.create(settings, SettingsOf.context())) {
        System.out.println("there");
        int end = System.in.read();
        Provision provision =
            Orders.carriedOut(
                local, Orders.growth(1, 1 + Math.max(0, end), 3), Orders.members("a"));
        System.out.println(provision);
      }
    }
  }

  /** Takes the lock and keeps it. */
  static final class Holder {

    private Holder() {}

    public static void main(String[] arguments) throws IOException {
      try (DirectoryLock held = DirectoryLock.tryTake(Path.of(arguments[0])).orElseThrow()) {
        System.out.println("there");
        int end = System.in.read();
        System.out.println(held.directory() + " " + end);
      }
    }
  }

  private Process java(Class<?> program) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private List<NodeFolder> folders() throws IOException {
    List<NodeFolder> folders = new ArrayList<>();
    try (Stream<Path> all = Files.list(directory)) {
      for (Path path : all.filter(Files::isDirectory).sorted().toList()) {
        NodeFolder.read(path).ifPresent(folders::add);
      }
    }
    return folders;
  }
}
