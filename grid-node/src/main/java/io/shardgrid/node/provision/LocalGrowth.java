package io.shardgrid.node.provision;

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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts the nodes that are missing on this machine. Confined to its desk's thread, and to who
 * holds the lock of the directory.
 */
final class LocalGrowth {

  private static final int SEEDS_MAX = 16;

  /** Folders of processes that have ended are kept for their logs, the newest of them. */
  private static final int ENDED_MAX = 16;

  private final LocalSettings settings;
  private final String cluster;
  private final NodeStart start;
  private final InstantSource clock;

  LocalGrowth(LocalSettings settings, String cluster, NodeStart start, InstantSource clock) {
    this.settings = settings;
    this.cluster = cluster;
    this.start = start;
    this.clock = clock;
  }

  /**
   * Starts what is missing.
   *
   * @param held the lock of the directory where the folders are
   * @throws IOException when the directory cannot be read or changed
   */
  Provision grow(DirectoryLock held, ScaleOrder order, List<MemberView> members)
      throws IOException {
    Instant now = clock.instant();
    Set<String> names = members.stream().map(MemberView::name).collect(Collectors.toSet());
    List<NodeFolder> all = folders(held.directory(), names);
    List<NodeFolder> living =
        all.stream()
            .filter(folder -> folder.mayLive(now, settings.bounds().startTimeout()))
            .toList();
    List<NodeFolder> folders = all.stream().filter(this::isOwn).toList();
    long coming = living.stream().filter(this::isOwn).filter(NodeFolder::isOnItsWay).count();
    long standing = members.stream().filter(LocalGrowth::isStandalone).count();
    long missing = order.nodes() - standing - coming;
    String found =
        "order=%d, wanted=%d, members=%d, on their way=%d"
            .formatted(order.number(), order.nodes(), standing, coming);
    if (missing <= 0) {
      return new Accepted("nothing is to be started: " + found);
    }
    Optional<Refused> refused = refused(order, folders, living, missing, found);
    if (refused.isPresent()) {
      return refused.get();
    }
    List<String> seeds = seeds(members);
    if (seeds.isEmpty()) {
      return new Failed("no member is there to join by: " + found);
    }
    removeOld(order, folders, living);
    long room = settings.bounds().startsMax() - starting(members, living, coming);
    return room <= 0
        ? new Begun("other nodes start first: " + found)
        : started(held.directory(), order, names, seeds, (int) missing, (int) room);
  }

  /** Nodes that were started here and are not Up. */
  private long starting(List<MemberView> members, List<NodeFolder> living, long coming) {
    Set<String> joining =
        members.stream()
            .filter(member -> member.standing() == Standing.JOINING)
            .map(MemberView::name)
            .collect(Collectors.toSet());
    return coming
        + living.stream().filter(this::isOwn).filter(one -> joining.contains(one.name())).count();
  }

  private Optional<Refused> refused(
      ScaleOrder order,
      List<NodeFolder> folders,
      List<NodeFolder> living,
      long missing,
      String found) {
    LocalSettings.Bounds bounds = settings.bounds();
    if (living.size() + missing > bounds.processesMax()) {
      return Optional.of(
          new Refused(
              "too many processes would run on this machine: %s, running=%d, %s.local.processes-max=%d"
                      .formatted(
                          found, living.size(), ProvisionSettings.PATH, bounds.processesMax())
                  + "; raise it if the machine has the memory"));
    }
    List<NodeFolder> failures =
        folders.stream()
            .filter(folder -> folder.isOf(order) && folder.isOnItsWay())
            .filter(folder -> !living.contains(folder))
            .toList();
    return failures.size() < bounds.failuresMax()
        ? Optional.empty()
        : Optional.of(
            new Refused(
                "nodes end before they are members: %s, ended=%d, %s.local.failures-max=%d"
                        .formatted(
                            found, failures.size(), ProvisionSettings.PATH, bounds.failuresMax())
                    + "; see "
                    + failures.get(failures.size() - 1).log()));
  }

  private Provision started(
      Path directory,
      ScaleOrder order,
      Set<String> names,
      List<String> seeds,
      int missing,
      int room) {
    List<String> started = new ArrayList<>();
    int index = 1;
    try {
      while (started.size() < Math.min(missing, room)) {
        String name = settings.prefix() + "-" + order.number() + "-" + index++;
        Path path = directory.resolve(name);
        if (!names.contains(name) && Files.notExists(path)) {
          startOne(NodeFolder.create(path, cluster, order, clock.instant()), seeds);
          started.add(name);
        }
      }
      String text =
          "started: order=%d, nodes=%s, directory=%s".formatted(order.number(), started, directory);
      return missing <= room
          ? new Accepted(text)
          : new Begun(text + ", later=" + (missing - started.size()));
    } catch (IOException e) {
      return new Failed(
          "a node cannot be started: order=%d, started=%s, missing=%d, cause=%s"
              .formatted(order.number(), started, missing - started.size(), Wording.cause(e)));
    }
  }

  private void startOne(NodeFolder folder, List<String> seeds) throws IOException {
    KnownProcess process;
    try {
      process = start.start(folder, seeds);
    } catch (IOException | RuntimeException e) {
      folder.remove();
      throw e;
    }
    folder.started(process);
  }

  private boolean isOwn(NodeFolder folder) {
    return folder.state().cluster().equals(cluster);
  }

  /** All folders by name, those of other clusters too; which nodes are members is noted. */
  private List<NodeFolder> folders(Path directory, Set<String> names) throws IOException {
    List<Path> paths;
    try (Stream<Path> all = Files.list(directory)) {
      paths = all.filter(Files::isDirectory).sorted().toList();
    }
    List<NodeFolder> folders = new ArrayList<>();
    for (Path path : paths) {
      Optional<NodeFolder> read = NodeFolder.read(path);
      if (read.isPresent()) {
        NodeFolder folder = read.get().found();
        folders.add(
            isOwn(folder) && folder.isOnItsWay() && names.contains(folder.name())
                ? folder.withStage(NodeFolder.Stage.JOINED)
                : folder);
      }
    }
    return folders;
  }

  private static void removeOld(ScaleOrder order, List<NodeFolder> folders, List<NodeFolder> living)
      throws IOException {
    List<NodeFolder> old =
        folders.stream()
            .filter(folder -> !living.contains(folder) && !folder.isOf(order))
            .sorted(Comparator.comparingLong(folder -> -folder.state().notedAtMillis()))
            .skip(ENDED_MAX)
            .toList();
    for (NodeFolder folder : old) {
      folder.remove();
    }
  }

  private static List<String> seeds(List<MemberView> members) {
    return members.stream()
        .filter(member -> member.standing() == Standing.UP)
        .map(member -> member.id().address())
        .limit(SEEDS_MAX)
        .toList();
  }

  /** Whether this is one of the nodes that an order counts. */
  private static boolean isStandalone(MemberView member) {
    return (member.respPort() > 0 || member.httpPort() > 0)
        && member.standing() != Standing.LEAVING;
  }
}
