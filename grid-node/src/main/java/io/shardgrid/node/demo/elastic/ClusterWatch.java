package io.shardgrid.node.demo.elastic;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.LinksPage;
import io.shardgrid.node.cli.MigrationsPage;
import io.shardgrid.node.cli.ScalingPage;
import io.shardgrid.node.demo.report.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a cluster twice a second, by the HTTP pages of whichever nodes it has, and keeps what it
 * sees. Nodes may go at any moment: who does not answer is left out, and asked for again.
 *
 * <p>Thread-safe.
 */
final class ClusterWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);
  private static final long LOOK_MILLIS = 500;
  private static final Duration END_MAX = Duration.ofSeconds(15);
  private static final int DECISIONS = 16;
  private static final String COPIES = "copies";

  private final Supplier<List<MemberView>> members;
  private final OrderBook orders;
  private final List<Sighting> sightings = new ArrayList<>();
  private final Map<String, Long> copiedByNode = new HashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread watch = new Thread(work, "elastic-watch");
            watch.setDaemon(true);
            return watch;
          });
  private boolean isFirst = true;
  private long copiedBytes;

  private ClusterWatch(Instant began, Supplier<List<MemberView>> members) {
    this.members = members;
    this.orders = new OrderBook(began);
  }

  /**
   * Begins to watch.
   *
   * @param began beginning of the day
   * @param members who is there now
   */
  static ClusterWatch begin(Instant began, Supplier<List<MemberView>> members) {
    ClusterWatch watch = new ClusterWatch(began, members);
    watch.thread.scheduleWithFixedDelay(watch::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    return watch;
  }

  private void look() {
    try {
      List<MemberView> all = members.get();
      List<MemberView> up =
          all.stream().filter(member -> member.standing() == Standing.UP).toList();
      countCopies(up);
      Optional<MigrationsPage> moves = ofAny(up, MigrationsPage::fetch);
      Optional<ScalingPage> page = ofAny(up, node -> ScalingPage.fetch(node, DECISIONS));
      boolean isAtRest = moves.map(MigrationsPage::isAtRest).orElse(false);
      note(new Sighting(Instant.now(), full(all), copiedBytes, isAtRest, page.orElse(null)));
    } catch (RuntimeException e) {
      // Without this the executor would never look again, and say nothing.
      LOG.warn("The cluster cannot be looked at now", e);
    }
  }

  /** One that does not answer is no full member less: only whom the cluster removes is gone. */
  private static int full(List<MemberView> members) {
    return (int)
        members.stream()
            .filter(member -> member.standing() != Standing.JOINING)
            .filter(member -> member.standing() != Standing.LEAVING)
            .count();
  }

  /** What nodes had sent before the first look does not count. */
  private void countCopies(List<MemberView> up) {
    for (MemberView member : up) {
      Optional<LinksPage> links = of(member, LinksPage::fetch);
      if (links.isPresent()) {
        long sent = links.get().lane(COPIES).bytes();
        Long before = copiedByNode.put(member.name(), sent);
        copiedBytes += isFirst ? 0 : sent - (before == null ? 0 : before);
      }
    }
    isFirst = false;
  }

  private static <T> Optional<T> ofAny(List<MemberView> up, Function<String, T> page) {
    return up.stream().map(member -> of(member, page)).flatMap(Optional::stream).findFirst();
  }

  private static <T> Optional<T> of(MemberView member, Function<String, T> page) {
    try {
      return Optional.of(page.apply(member.id().host() + ":" + member.httpPort()));
    } catch (CommandException e) {
      LOG.debug("A node does not answer: node={}", member.name(), e);
      return Optional.empty();
    }
  }

  private synchronized void note(Sighting sighting) {
    long before = last().map(Sighting::copiedBytes).orElse(0L);
    sightings.add(sighting);
    orders.see(sighting, before);
  }

  /** What was seen last; empty before the first look is over. */
  synchronized Optional<Sighting> last() {
    return sightings.isEmpty()
        ? Optional.empty()
        : Optional.of(sightings.get(sightings.size() - 1));
  }

  /** What was seen last up to a time. O(sightings). */
  synchronized @Nullable Sighting upTo(Instant time) {
    Sighting found = null;
    for (Sighting sighting : sightings) {
      if (found == null || !sighting.at().isAfter(time)) {
        found = sighting;
      }
    }
    return found;
  }

  /** The decisions that changed the size so far. */
  synchronized List<Change> changes() {
    return orders.changes();
  }

  /** Whether an order is being carried out, or shards move because of one. */
  synchronized boolean isBusy() {
    return orders.isBusy();
  }

  /** Ends with the look that is under way. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(END_MAX.toSeconds(), TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
