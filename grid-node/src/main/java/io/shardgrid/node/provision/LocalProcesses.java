package io.shardgrid.node.provision;

import io.shardgrid.autoscale.Actuator;
import io.shardgrid.autoscale.Provision;
import io.shardgrid.autoscale.Provision.Accepted;
import io.shardgrid.autoscale.Provision.Failed;
import io.shardgrid.autoscale.ScaleOrder;
import io.shardgrid.key.MemberView;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Starts nodes as processes on this machine, which live on when this one ends. Thread-safe.
 *
 * <p>What there is stands in a directory, one folder a node, that one at a time changes: so it does
 * not matter which process of this machine carries an order out, how often, or which others do at
 * the same time. A cluster whose nodes are on several machines needs another actuator.
 */
final class LocalProcesses implements Actuator {

  private static final Duration LOCK_LOOK = Duration.ofMillis(20);

  private final LocalSettings settings;
  private final String cluster;
  private final Path directory;
  private final LocalGrowth growth;
  private final LocalEnding ending;
  private final OrderDesk desk;

  /** What is done while the directory is this process's. */
  @FunctionalInterface
  interface Work<T> {
    T run(DirectoryLock held) throws IOException;
  }

  private LocalProcesses(LocalSettings settings, ProvisionContext context, InstantSource clock) {
    this.settings = settings;
    this.cluster = context.cluster();
    this.directory = settings.directory().toAbsolutePath().normalize();
    this.desk = new OrderDesk("local");
    this.growth = new LocalGrowth(settings, cluster, new NodeStart(settings, context), clock);
    this.ending = new LocalEnding(settings, desk);
  }

  static LocalProcesses create(LocalSettings settings, ProvisionContext context) {
    return create(settings, context, InstantSource.system());
  }

  /**
   * Prepares; starts nothing yet.
   *
   * @param clock tells when folders were made
   */
  static LocalProcesses create(
      LocalSettings settings, ProvisionContext context, InstantSource clock) {
    return new LocalProcesses(settings, context, clock);
  }

  @Override
  public String name() {
    return ProvisionSettings.word(ProvisionSettings.Kind.LOCAL);
  }

  @Override
  public Leaver leaver() {
    return Leaver.ANY;
  }

  @Override
  public CompletionStage<Provision> carryOut(ScaleOrder order, List<MemberView> members) {
    List<MemberView> known = List.copyOf(members);
    return desk.carryOut(
        order,
        () -> (order.isGrowth() ? grow(order, known) : end(order)).exceptionally(this::failed));
  }

  @Override
  public void close() {
    desk.close();
  }

  private CompletableFuture<Provision> grow(ScaleOrder order, List<MemberView> members) {
    return locked(held -> growth.grow(held, order, members));
  }

  private CompletableFuture<Provision> end(ScaleOrder order) {
    return locked(held -> leaving(held.directory(), order))
        .thenCompose(
            folder ->
                folder.isEmpty()
                    ? CompletableFuture.completedFuture(
                        new Accepted(
                            "the node was not started here and ends by itself: node="
                                + order.leaving()))
                    : ending.end(folder.get()).thenCompose(how -> removed(folder.get(), how)));
  }

  /** The node's folder, which notes from now on that it has to end. */
  private Optional<NodeFolder> leaving(Path own, ScaleOrder order) throws IOException {
    Path path = own.resolve(order.leaving()).normalize();
    Optional<NodeFolder> folder =
        own.equals(path.getParent())
            ? NodeFolder.read(path).filter(one -> one.state().cluster().equals(cluster))
            : Optional.empty();
    return folder.isEmpty()
        ? folder
        : Optional.of(folder.get().found().withStage(NodeFolder.Stage.LEAVING));
  }

  private CompletableFuture<Provision> removed(NodeFolder folder, Provision how) {
    return how instanceof Accepted
        ? locked(
            held -> {
              folder.remove();
              return how;
            })
        : CompletableFuture.completedFuture(how);
  }

  private <T> CompletableFuture<T> locked(Work<T> work) {
    return locked(work, System.nanoTime() + settings.bounds().lockTimeout().toNanos());
  }

  private <T> CompletableFuture<T> locked(Work<T> work, long deadlineNanos) {
    try {
      Files.createDirectories(directory);
      Optional<DirectoryLock> taken = DirectoryLock.tryTake(directory);
      if (taken.isPresent()) {
        try (DirectoryLock held = taken.get()) {
          return CompletableFuture.completedFuture(work.run(held));
        }
      }
    } catch (IOException e) {
      return CompletableFuture.failedFuture(new UncheckedIOException(e));
    } catch (CommandException e) {
      return CompletableFuture.failedFuture(e);
    }
    if (System.nanoTime() - deadlineNanos >= 0) {
      return CompletableFuture.failedFuture(
          new UncheckedIOException(
              new IOException(
                  "others change the directory all the time: lock-timeout="
                      + settings.bounds().lockTimeout().toMillis()
                      + " ms")));
    }
    return desk.pause(LOCK_LOOK).thenCompose(over -> locked(work, deadlineNanos));
  }

  private Provision failed(Throwable thrown) {
    Throwable failure = Verdict.unwrapped(thrown);
    if (failure instanceof UncheckedIOException || failure instanceof CommandException) {
      return new Failed(
          "the processes of this machine cannot be changed: directory="
              + directory
              + ", cause="
              + Wording.cause(failure));
    }
    throw new CompletionException(failure);
  }
}
