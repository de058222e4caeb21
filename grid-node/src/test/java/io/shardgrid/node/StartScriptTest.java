package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the script of conf/kubernetes with a shell, and programs that note how they were called. */
final class StartScriptTest {

  private static final int NODE_FAILED = 5;
  private static final int NO_CLUSTER = 4;
  private static final int SECONDS_MAX = 30;

  private final Path bin;
  private final Path calls;
  private final List<Process> shells = new ArrayList<>();

  StartScriptTest(@TempDir Path bin) throws IOException {
    this.bin = bin;
    this.calls = bin.resolve("calls");
  }

  @AfterEach
  void stop() {
    for (Process shell : shells) {
      shell.descendants().forEach(ProcessHandle::destroyForcibly);
      shell.destroyForcibly();
    }
  }

  @Test
  void foundsInTheFirstPodIfItIsTheOnlyOne() throws Exception {
    List<List<String>> runs = run("shardgrid-0", "10.1.0.1", 0);

    assertUnderstood(runs.get(0), "first-pod");
    assertUnderstood(runs.get(1), "start");
    assertThat(runs).hasSize(2);
    assertThat(runs.get(1))
        .contains("--found", "10.1.0.1", "shardgrid-0", "0.0.0.0", "--zone", "zone a")
        .doesNotContain("--seeds");
  }

  @Test
  void joinsInTheFirstPodIfThereAreOthersOrNobodyKnows() throws Exception {
    for (int code : new int[] {1, 70, 137}) {
      List<List<String>> runs = run("shardgrid-0", "10.1.0.1\n10.1.0.1\n10.1.0.2\n10.1.0.13", code);

      assertUnderstood(runs.get(1), "start");
      assertThat(runs.get(1))
          .doesNotContain("--found")
          .containsSubsequence("--seeds", "10.1.0.13:10171,10.1.0.2:10171");
    }
  }

  @Test
  void onlyJoinsInAnyOtherPod() throws Exception {
    List<List<String>> runs = run("shardgrid-10", "10.1.0.1\n10.1.0.2", 0);

    assertThat(runs).hasSize(1);
    assertUnderstood(runs.get(0), "start");
    assertThat(runs.get(0))
        .doesNotContain("--found")
        .containsSubsequence("--seeds", "10.1.0.2:10171");
  }

  @Test
  void startsNoNodeWithoutOthersToJoin() throws Exception {
    assertThat(run("shardgrid-1", "10.1.0.1", 0)).isEmpty();
    assertThat(run("shardgrid-0", "", 1)).hasSize(1);
  }

  @Test
  void hasTheNodeLeaveWhenThePodEnds() throws Exception {
    Process shell = shell("trap 'echo left; exit 0' TERM; echo up; while :; do sleep; done");
    var lines = shell.inputReader();
    assertThat(lines.readLine()).isEqualTo("up");
    shell.toHandle().destroy();

    assertThat(lines.readLine()).isEqualTo("left");
    assertEnds(shell, 0);
  }

  @Test
  void staysWhenTheNodeWasDrainedUntilThePodEnds() throws Exception {
    Process shell = shell("echo drained; exit 0");
    assertThat(shell.inputReader().readLine()).isEqualTo("drained");
    assertThat(shell.waitFor(500, TimeUnit.MILLISECONDS)).isFalse();
    shell.toHandle().destroy();

    assertEnds(shell, 0);
  }

  /** A pod that joins, whose node is this script. */
  private Process shell(String node) throws IOException {
    program("java", node);
    return start("shardgrid-1", "10.1.0.2");
  }

  /**
   * Runs the script to its end, with a node that fails.
   *
   * @param addresses what the service's name stands for, a line each
   * @param code how the question for the first pod ends
   * @return the arguments of this program, for each time it was run
   */
  private List<List<String>> run(String name, String addresses, int code) throws Exception {
    Files.writeString(calls, "");
    program(
        "java",
        """
        while [ "$1" != /app/grid-node.jar ]; do shift; done
        shift
        { printf '%%s\\n' "$@"; echo; } >> %s
        [ "$1" = start ] && exit %d
        exit %d
        """
            .formatted(calls, NODE_FAILED, code));
    Process shell = start(name, addresses);
    assertThat(shell.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    List<List<String>> runs = new ArrayList<>();
    for (String call : Files.readString(calls).split("\n\n", -1)) {
      if (!call.isEmpty()) {
        runs.add(List.of(call.split("\n", -1)));
      }
    }
    boolean isStarted = runs.stream().anyMatch(call -> call.get(0).equals("start"));
    assertEnds(shell, isStarted ? NODE_FAILED : NO_CLUSTER);
    return runs;
  }

  private Process start(String name, String addresses) throws IOException {
    Path answer = bin.resolve("addresses");
    Files.writeString(answer, addresses.isEmpty() ? "" : addresses + "\n");
    program(
        "getent",
        """
        [ "$1 $2" = "ahostsv4 shardgrid-nodes" ] || exit 9
        while read -r address; do echo "$address  STREAM $2"; done < %s
        """
            .formatted(answer));
    program("sleep", "exec /bin/sleep 0.02");
    String text =
        Manifests.read(Path.of("..", "conf", "kubernetes"))
            .object("ConfigMap", "shardgrid")
            .at("/data/start.sh")
            .asText();
    Path script = Files.writeString(bin.resolve("start.sh"), text);
    ProcessBuilder shell = new ProcessBuilder("sh", script.toString());
    Map<String, String> variables = shell.environment();
    variables.put("PATH", bin + ":" + System.getenv("PATH"));
    variables.put("POD_NAME", name);
    variables.put("POD_IP", "10.1.0.1");
    variables.put("ZONE", "zone a");
    variables.put("SHARDGRID_JAR", "/app/grid-node.jar");
    Process process = shell.start();
    shells.add(process);
    return process;
  }

  private void program(String name, String script) throws IOException {
    Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static void assertEnds(Process shell, int code) throws InterruptedException {
    assertThat(shell.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
    assertThat(shell.exitValue()).isEqualTo(code);
  }

  private static void assertUnderstood(List<String> arguments, String command) {
    assertThat(arguments.get(0)).isEqualTo(command);
    Main.commandLine().parseArgs(arguments.toArray(String[]::new));
  }
}
