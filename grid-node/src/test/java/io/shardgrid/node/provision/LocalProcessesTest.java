package io.shardgrid.node.provision;

import static org.assertj.core.api.Assertions.assertThat;

import io.shardgrid.autoscale.Actuator;
import io.shardgrid.autoscale.Provision;
import io.shardgrid.autoscale.Provision.Accepted;
import io.shardgrid.autoscale.Provision.Begun;
import io.shardgrid.autoscale.Provision.Failed;
import io.shardgrid.autoscale.Provision.Refused;
import io.shardgrid.autoscale.ScaleOrder;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts real processes, of a program that lives until it is ended and can do nothing else. */
final class LocalProcessesTest {

  private static final ScaleOrder GROWTH = Orders.growth(7, 3, 5);
  private static final List<MemberView> THREE = Orders.members("a", "b", "c");
  private static final String LIVES = "exec sleep 600";

  private final Path directory;
  private final List<Actuator> opened = new ArrayList<>();
  private volatile Instant now = Orders.AT;

  LocalProcessesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void stop() throws IOException {
    opened.forEach(Actuator::close);
    for (NodeFolder folder : folders()) {
      folder.living().ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void startsWhatIsMissing() throws IOException {
    assertAccepted(carriedOut(local(LIVES), GROWTH, THREE), "auto-7-1", "auto-7-2");

    assertThat(living()).containsExactly("auto-7-1", "auto-7-2");
  }

  @Test
  void startsNothingTwice() throws IOException {
    Actuator one = local(LIVES);
    carriedOut(one, GROWTH, THREE);

    assertAccepted(carriedOut(one, GROWTH, THREE), "nothing is to be started", "on their way=2");
    assertAccepted(carriedOut(local(LIVES), GROWTH, THREE), "nothing is to be started");
    assertAccepted(
        carriedOut(one, GROWTH, Orders.members("a", "b", "c", "auto-7-1")), "on their way=1");
    assertThat(living()).hasSize(2);
  }

  @Test
  void startsOneAfterTheOther() throws IOException {
    Actuator local = local(LIVES, "starts-max = 1");
    List<MemberView> members = new ArrayList<>(THREE);

    assertBegun(carriedOut(local, GROWTH, members), "nodes=[auto-7-1]", "later=1");
    assertBegun(carriedOut(local, GROWTH, members), "other nodes start first", "on their way=1");
    members.add(Orders.member("auto-7-1", Standing.JOINING));
    assertBegun(carriedOut(local, GROWTH, members), "other nodes start first", "members=4");
    members.set(3, Orders.member("auto-7-1", Standing.UP));
    assertAccepted(carriedOut(local, GROWTH, members), "nodes=[auto-7-2]");
    assertThat(living()).containsExactly("auto-7-1", "auto-7-2");
  }

  @Test
  void startsNothingTwiceAtTheSameTime() throws IOException {
    List<Actuator> all = new ArrayList<>();
    for (int one = 0; one < 6; one++) {
      all.add(local(LIVES));
    }
    List<CompletionStage<Provision>> ends =
        all.stream().map(one -> one.carryOut(GROWTH, THREE)).toList();

    assertThat(ends).allSatisfy(end -> assertAccepted(end.toCompletableFuture().join(), "order=7"));
    assertThat(living()).containsExactly("auto-7-1", "auto-7-2");
  }

  @Test
  void countsOnlyStandaloneMembersThatStay() throws IOException {
    List<MemberView> members = new ArrayList<>(THREE);
    MemberView first = members.get(0);
    members.add(new MemberView(first.id(), "embedded", "default", 1, 1, 0, 0, Standing.UP));
    members.add(Orders.member("d", Standing.LEAVING));
    members.add(Orders.member("e", Standing.UNREACHABLE));

    assertAccepted(carriedOut(local(LIVES), GROWTH, members), "nodes=[auto-7-1]");
    assertThat(living()).hasSize(1);
  }

  @Test
  void countsNoProcessThatWasAMemberAndIsNoneAnyMore() throws IOException {
    Actuator local = local(LIVES);
    carriedOut(local, GROWTH, THREE);
    carriedOut(local, GROWTH, Orders.members("a", "b", "c", "auto-7-1", "auto-7-2"));

    assertAccepted(carriedOut(local, Orders.growth(8, 3, 4), THREE), "auto-8-1");
    assertThat(living()).hasSize(3);
  }

  @Test
  void passesOverNamesThatAreTaken() throws IOException {
    Files.createDirectories(directory.resolve("auto-7-2"));

    assertAccepted(
        carriedOut(local(LIVES), Orders.growth(7, 3, 5), Orders.members("a", "b", "auto-7-1")),
        "nodes=[auto-7-3, auto-7-4]");
  }

  @Test
  void leavesNodesOfOtherClustersAlone() throws IOException {
    Actuator other =
        opened(LocalProcesses.create(settings(LIVES, ""), context("other"), () -> now));
    carriedOut(other, GROWTH, THREE);

    assertAccepted(carriedOut(local(LIVES), GROWTH, THREE), "nodes=[auto-7-3, auto-7-4]");
    assertAccepted(
        carriedOut(local(LIVES), Orders.removal(8, 5, "auto-7-1"), THREE), "not started here");
    assertThat(living()).hasSize(4);
  }

  @Test
  void replacesWhatHasEndedAndGivesUpWhenThatGoesOn() throws Exception {
    Actuator local = local("echo no port; exit 3");
    assertAccepted(carriedOut(local, Orders.growth(7, 3, 4), THREE), "auto-7-1");
    awaitEnd();
    assertAccepted(carriedOut(local, Orders.growth(7, 3, 4), THREE), "auto-7-2");
    awaitEnd();
    assertAccepted(carriedOut(local, Orders.growth(7, 3, 4), THREE), "auto-7-3");
    awaitEnd();

    Provision last = carriedOut(local, Orders.growth(7, 3, 4), THREE);
    assertThat(last).isInstanceOf(Refused.class);
    assertThat(last.toString()).contains("failures-max=3", "node.log");
    assertThat(directory.resolve("auto-7-3").resolve("node.log")).hasContent("no port");
  }

  @Test
  void refusesMoreThanTheMachineMayRun() throws IOException {
    Actuator local = local(LIVES, "processes-max = 1");

    Provision provision = carriedOut(local, GROWTH, THREE);
    assertThat(provision).isInstanceOf(Refused.class);
    assertThat(provision.toString()).contains("local.processes-max=1", "raise it");
    assertThat(living()).isEmpty();
  }

  @Test
  void failsWhenNothingCanBeStarted() throws IOException {
    Actuator local =
        opened(
            LocalProcesses.create(
                settings("", "command = [\"/nowhere/java\"]"),
                new ProvisionContext("shardgrid", "", name -> null),
                () -> now));

    Provision provision = carriedOut(local, GROWTH, THREE);
    assertThat(provision).isInstanceOf(Failed.class);
    assertThat(provision.toString()).contains("cannot be started", "/nowhere/java");
    assertThat(folders()).isEmpty();
    assertThat(carriedOut(local(LIVES), GROWTH, List.of()))
        .isInstanceOf(Failed.class)
        .asString()
        .contains("no member is there to join by");
  }

  @Test
  void countsAProcessThatNobodyKnowsForAWhile() throws IOException {
    // Who was to start it died before the number of its process was noted.
    NodeFolder.create(
        Files.createDirectories(directory).resolve("auto-7-1"), "shardgrid", GROWTH, now);

    assertAccepted(carriedOut(local(LIVES), GROWTH, THREE), "nodes=[auto-7-2]");
    now = now.plus(Duration.ofMinutes(2));
    assertAccepted(carriedOut(local(LIVES), GROWTH, THREE), "nodes=[auto-7-3]");
  }

  @Test
  void takesNoOtherProcessForANode() throws IOException {
    ProcessHandle self = ProcessHandle.current();
    Instant earlier = self.info().startInstant().orElseThrow().minusSeconds(60);
    NodeFolder.create(
            Files.createDirectories(directory).resolve("auto-7-1"), "shardgrid", GROWTH, now)
        .started(new KnownProcess(self.pid(), earlier));

    assertAccepted(carriedOut(local(LIVES), GROWTH, THREE), "nodes=[auto-7-2, auto-7-3]");
    assertAccepted(carriedOut(local(LIVES), Orders.removal(8, 6, "auto-7-1"), THREE), "has ended");
  }

  @Test
  void failsWhenAFolderCannotBeUnderstood() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("auto-7-1"));
    Files.writeString(folder.resolve("node.json"), "{\"pid\":");

    assertThat(carriedOut(local(LIVES), GROWTH, THREE))
        .isInstanceOf(Failed.class)
        .asString()
        .contains("node.json", "remove its folder");
    Files.delete(folder.resolve("node.json"));
  }

  @Test
  void failsWhenOthersChangeTheDirectoryAllTheTime() throws IOException {
    try (DirectoryLock held = DirectoryLock.tryTake(directory).orElseThrow()) {
      Provision provision = carriedOut(local(LIVES, "lock-timeout = 100ms"), GROWTH, THREE);

      assertThat(provision).isInstanceOf(Failed.class);
      assertThat(provision.toString()).contains("lock-timeout=100 ms", held.directory().toString());
    }
    assertThat(living()).isEmpty();
  }

  @Test
  void clearsUpAfterANodeThatHasEnded() throws Exception {
    Actuator local = local("exit 0");
    carriedOut(local, Orders.growth(7, 3, 4), THREE);
    awaitEnd();

    assertAccepted(carriedOut(local, Orders.removal(8, 4, "auto-7-1"), THREE), "has ended");
    assertThat(directory.resolve("auto-7-1")).doesNotExist();
    assertAccepted(carriedOut(local, Orders.removal(8, 4, "auto-7-1"), THREE), "not started here");
  }

  @Test
  void endsANodeThatDoesNotEndByItself() throws IOException {
    Actuator local = local(LIVES, "end-timeout = 200ms");
    carriedOut(local, GROWTH, THREE);

    assertAccepted(carriedOut(local, Orders.removal(8, 5, "auto-7-2"), THREE), "SIGTERM");
    assertThat(living()).containsExactly("auto-7-1");
    assertThat(directory.resolve("auto-7-2")).doesNotExist();
  }

  @Test
  void killsANodeThatDoesNotListen() throws IOException {
    Actuator local =
        local(
            "trap '' TERM; while :; do sleep 1; done", "end-timeout = 100ms, kill-timeout = 100ms");
    carriedOut(local, Orders.growth(7, 3, 4), THREE);

    assertAccepted(carriedOut(local, Orders.removal(8, 4, "auto-7-1"), THREE), "was killed");
    assertThat(living()).isEmpty();
  }

  @Test
  void leavesANodeToItselfThatItDidNotStart() {
    assertAccepted(
        carriedOut(local(LIVES), Orders.removal(8, 3, "c"), THREE), "ends by itself", "node=c");
    assertAccepted(
        carriedOut(local(LIVES), Orders.removal(8, 3, "../../etc"), THREE), "ends by itself");
  }

  @Test
  void keepsTheLogsOfTheLastThatHaveEndedOnly() throws Exception {
    Actuator local = local("exit 0");
    for (int number = 1; number <= 20; number++) {
      now = now.plusSeconds(1);
      assertAccepted(
          carriedOut(local, Orders.growth(number, 3, 4), THREE), "auto-" + number + "-1");
      awaitEnd();
    }

    assertThat(folders()).hasSize(17);
    assertThat(directory.resolve("auto-1-1")).doesNotExist();
    assertThat(directory.resolve("auto-20-1")).exists();
  }

  @Test
  void tellsANodeWhoItIsAndWhomToJoin() throws Exception {
    Actuator local = local("printf '%s ' \"$@\"");
    carriedOut(local, Orders.growth(7, 3, 4), THREE);
    awaitEnd();

    Path folder = directory.resolve("auto-7-1");
    String seeds = String.join(",", THREE.stream().map(one -> one.id().address()).toList());
    assertThat(Files.readString(folder.resolve("node.log")))
        .isEqualTo(
            "start --name auto-7-1 --config "
                + folder.resolve("node.conf")
                + " --cluster-name shardgrid --seeds "
                + seeds
                + " --cluster 0 --peer 0 --port 0 --http 0 --log-format json ");
    assertThat(folder.resolve("node.conf")).hasContent("grid { zone = east }");
  }

  @Test
  void startsThisProgramUnlessAnotherIsSet() throws IOException {
    LocalSettings settings = SettingsOf.provision("local.heap = 300m").local();
    NodeFolder folder = NodeFolder.create(directory.resolve("auto-7-1"), "shardgrid", GROWTH, now);

    List<String> command =
        new NodeStart(settings, SettingsOf.context()).command(folder, List.of("h:1", "h:2"));
    assertThat(command.get(0)).endsWith("java");
    assertThat(command)
        .contains("-Xmx300m", "io.shardgrid.node.Main")
        .containsSubsequence("start", "--name", "auto-7-1", "--seeds", "h:1,h:2");
    assertThat(new NodeStart(settings, context("shardgrid")).command(folder, List.of()).get(0))
        .endsWith("setsid");
  }

  private Actuator local(String script) {
    return local(script, "");
  }

  private Actuator local(String script, String more) {
    return opened(LocalProcesses.create(settings(script, more), context("shardgrid"), () -> now));
  }

  private LocalSettings settings(String script, String more) {
    return SettingsOf.provision(
            """
            kind = local
            local {
              directory = "%s", command = [sh, -c, "%s", sh]
              extra-arguments = [--log-format, json], starts-max = 9
              %s
            }
            """
                .formatted(directory, script.replace("\"", "\\\""), more))
        .local();
  }

  private static ProvisionContext context(String cluster) {
    return new ProvisionContext(cluster, "grid { zone = east }", System::getenv);
  }

  private Actuator opened(Actuator actuator) {
    opened.add(actuator);
    return actuator;
  }

  private static Provision carriedOut(Actuator local, ScaleOrder order, List<MemberView> members) {
    return Orders.carriedOut(local, order, members);
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

  private List<String> living() throws IOException {
    return folders().stream()
        .filter(folder -> folder.living().isPresent())
        .map(NodeFolder::name)
        .toList();
  }

  /** Waits until no process of the directory lives. */
  private void awaitEnd() throws Exception {
    for (NodeFolder folder : folders()) {
      CompletableFuture<ProcessHandle> end =
          folder
              .living()
              .map(ProcessHandle::onExit)
              .orElse(CompletableFuture.completedFuture(null));
      end.get(30, TimeUnit.SECONDS);
    }
  }

  private static void assertBegun(Provision provision, String... said) {
    assertThat(provision).isInstanceOf(Begun.class);
    assertThat(provision.toString()).contains(said);
  }

  private static void assertAccepted(Provision provision, String... said) {
    assertThat(provision).isInstanceOf(Accepted.class);
    assertThat(((Accepted) provision).text()).contains(said);
  }
}
