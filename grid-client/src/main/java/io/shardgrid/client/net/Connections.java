package io.shardgrid.client.net;

import io.shardgrid.failure.GridAccessException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.key.Charter;
import io.shardgrid.key.MemberView;
import io.shardgrid.key.NodeId;
import io.shardgrid.key.PlacementEntry;
import io.shardgrid.route.Router;
import io.shardgrid.route.Transport;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Topology;
import io.shardgrid.wire.WireException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one client: finds the cluster by its seeds, keeps one connection to every
 * member that has a RESP port, learns of changes from all of them, and carries a router's
 * operations.
 *
 * <p>Thread-safe. Answers reach the router on event loops. Members and ways change under this
 * object's lock, and the router is called from under it; whoever holds a lock of the router's does
 * not take this one.
 */
public final class Connections implements Transport, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  private final ConnectionSettings settings;
  private final List<NodeAddress> seeds;
  private final EventLoops loops;
  private final Dialer dialer;

  private final Troubles troubles = new Troubles();
  private final CompletableFuture<Void> firstOpened = new CompletableFuture<>();
  private final Roster roster = new Roster();
  private final Map<NodeId, MemberLink> links = new HashMap<>();
  private volatile @Nullable Session session;
  private volatile boolean isClosed;

  /** How long connecting may take in all. */
  private volatile Duration limit = Duration.ZERO;

  private boolean isSearching;

  /** What there is once the cluster has been found. */
  private record Session(Charter charter, Router router, Ways ways) {

    /** Why a node that says this is none of the cluster's; null if it is one. */
    @Nullable String strangeness(Topology topology) {
      return charter.equals(topology.charter())
          ? null
          : "belongs to another cluster: wanted=" + charter + ", found=" + topology.charter();
    }
  }

  /** Threads and bounds for connections; nothing is connected yet. */
  public Connections(
      ConnectionSettings settings, Identity identity, List<NodeAddress> seeds, long client) {
    this.settings = settings;
    this.seeds = List.copyOf(seeds);
    this.loops = new EventLoops(settings.threads());
    this.dialer = new Dialer(loops, settings, identity, client);
  }

  /**
   * Asks the seeds in turn what the cluster is like. Blocks.
   *
   * @throws GridUnavailableException if none has told in time; names what was tried, and why not
   */
  public Topology find(Duration timeout) {
    limit = timeout;
    CompletableFuture<Topology> found = new CompletableFuture<>();
    search(
        new SeedSearch.Finder() {
          @Override
          public boolean isSearching() {
            return !isClosed && !found.isDone();
          }

          @Override
          public void denied(NodeAddress seed, String why) {
            found.completeExceptionally(Troubles.denial(seed, why));
          }

          @Override
          public void found(Topology topology) {
            found.complete(topology);
          }
        });
    try {
      return await(found, timeout);
    } finally {
      found.cancel(false);
    }
  }

  /**
   * Connects to the members and begins to work for a router. Blocks until one is connected.
   *
   * @param tickInterval how often the router is to look at its deadlines
   * @throws GridUnavailableException if no member was connected in time
   */
  public void begin(Router router, Topology first, Duration tickInterval, Duration timeout) {
    session = new Session(first.charter(), router, new Ways(router));
    long tickNanos = tickInterval.toNanos();
    loops
        .next()
        .scheduleAtFixedRate(() -> tick(router), tickNanos, tickNanos, TimeUnit.NANOSECONDS);
    first.placement().forEach(router::placed);
    synchronized (this) {
      roster.replaced(first.members());
      align();
    }
    await(firstOpened, timeout);
  }

  /** What is known of the cluster now. O(shards). */
  public Topology topology() {
    Session current = begun();
    List<PlacementEntry> placement = new ArrayList<>();
    for (int shard = 0; shard < current.router.shards(); shard++) {
      PlacementEntry entry = current.router.placement(shard);
      if (entry != null) {
        placement.add(entry);
      }
    }
    synchronized (this) {
      return new Topology(current.charter, roster.members(), placement);
    }
  }

  @Override
  public boolean isLocal(NodeId node) {
    return false;
  }

  @Override
  public void execute(Operation operation) {
    throw new IllegalStateException("A client has no shards: shard=" + operation.shard());
  }

  @Override
  public boolean send(NodeId node, Operation operation) {
    Session current = session;
    return current != null && current.ways.send(node, operation);
  }

  /** Ends all connections and threads; waits for the threads, up to a few seconds. */
  @Override
  public void close() {
    isClosed = true;
    synchronized (this) {
      links.values().forEach(MemberLink::stop);
    }
    loops.close();
  }

  private <T> T await(CompletableFuture<T> future, Duration timeout) {
    try {
      return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException e) {
      if (e.getCause() instanceof GridAccessException denied) {
        throw denied;
      }
      throw new GridUnavailableException(
          "No node of the cluster could be connected: grid.client.connect-timeout="
              + limit.toMillis()
              + " ms, tried="
              + troubles.describe(seeds),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GridUnavailableException("Interrupted while connecting", e);
    }
  }

  private void search(SeedSearch.Finder finder) {
    new SeedSearch(seeds, dialer, loops.next(), settings, troubles, finder).start();
  }

  private static void tick(Router router) {
    try {
      router.tick();
    } catch (RuntimeException e) {
      // An exception would end the ticking, and with it every deadline.
      LOG.error("A tick of the router failed", e);
    }
  }

  private Session begun() {
    Session current = session;
    if (current == null) {
      throw new IllegalStateException("The cluster has not been found yet");
    }
    return current;
  }

  /** Has links to exactly the members that can be connected. Under the lock. */
  private void align() {
    Session current = begun();
    Map<NodeId, MemberView> wanted = new HashMap<>();
    for (MemberView member : roster.members()) {
      wanted.put(member.id(), member);
    }
    for (MemberLink link : List.copyOf(links.values())) {
      MemberView member = wanted.get(link.node());
      if (member == null || member.respPort() != link.member().respPort()) {
        drop(link, current);
      }
    }
    for (MemberView member : wanted.values()) {
      if (member.respPort() != 0 && !links.containsKey(member.id()) && !isClosed) {
        MemberLink link = new MemberLink(member, dialer, loops.next(), settings, owner);
        links.put(member.id(), link);
        link.start();
      }
    }
    Set<NodeId> portless =
        wanted.values().stream()
            .filter(member -> member.respPort() == 0)
            .map(MemberView::id)
            .collect(Collectors.toSet());
    current.ways.portless(portless);
  }

  private void drop(MemberLink link, Session current) {
    links.remove(link.node());
    link.stop();
    troubles.remove(link.address());
    roster.forgotten(link.node());
    if (current.ways.isOpen(link.node())) {
      current.ways.closed(link.node());
    }
  }

  /** Asks the seeds as long as no member is connected. Under the lock. */
  private void searchAgain() {
    if (isSearching || isClosed) {
      return;
    }
    isSearching = true;
    search(
        new SeedSearch.Finder() {
          @Override
          public boolean isSearching() {
            return isStillSearching();
          }

          @Override
          public void denied(NodeAddress seed, String why) {
            // Not for ever, perhaps: the search goes on, and its troubles say why it finds nothing.
          }

          @Override
          public void found(Topology topology) {
            foundAgain(topology);
          }
        });
  }

  private synchronized boolean isStillSearching() {
    isSearching = !isClosed && begun().ways.isNoneOpen();
    return isSearching;
  }

  private void foundAgain(Topology topology) {
    Session current = begun();
    if (current.strangeness(topology) == null) {
      topology.placement().forEach(current.router::placed);
      synchronized (this) {
        replaceIfNoneOpen(topology, current);
      }
    }
  }

  private void replaceIfNoneOpen(Topology topology, Session current) {
    if (current.ways.isNoneOpen()) {
      roster.replaced(topology.members());
      align();
    }
  }

  private final MemberLink.Owner owner =
      new MemberLink.Owner() {
        @Override
        public @Nullable String opened(MemberLink link, Connection connection, Topology topology) {
          return memberOpened(link, connection, topology);
        }

        @Override
        public @Nullable String learned(MemberLink link, Topology topology) {
          return memberLearned(link, topology);
        }

        @Override
        public void answered(int shard, long client, long seq, Answer answer) {
          operationAnswered(shard, client, seq, answer);
        }

        @Override
        public void denied(MemberLink link, String why) {
          firstOpened.completeExceptionally(Troubles.denial(link.address(), why));
        }

        @Override
        public void closed(MemberLink link, String reason) {
          memberClosed(link, reason);
        }
      };

  private @Nullable String memberOpened(MemberLink link, Connection connection, Topology topology) {
    Session current = begun();
    String strangeness = current.strangeness(topology);
    if (strangeness != null) {
      return strangeness;
    }
    topology.placement().forEach(current.router::placed);
    synchronized (this) {
      if (topology.members().stream().noneMatch(member -> member.id().equals(link.node()))) {
        replaceIfNoneOpen(topology, current);
        return "another incarnation answers at this address: wanted=" + link.node();
      }
      if (links.get(link.node()) != link) {
        return "not a member any more";
      }
      troubles.remove(link.address());
      roster.learned(link.node(), topology.members());
      current.ways.opened(link.node(), connection);
      align();
    }
    firstOpened.complete(null);
    return null;
  }

  private @Nullable String memberLearned(MemberLink link, Topology topology) {
    Session current = begun();
    String strangeness = current.strangeness(topology);
    if (strangeness != null) {
      return strangeness;
    }
    topology.placement().forEach(current.router::placed);
    synchronized (this) {
      if (links.get(link.node()) == link) {
        roster.learned(link.node(), topology.members());
        align();
      }
    }
    return null;
  }

  private void operationAnswered(int shard, long client, long seq, Answer answer) {
    Router router = begun().router;
    boolean isOurs =
        client == router.client()
            && shard < router.shards()
            && !(answer instanceof Answer.Moved moved && moved.placement().shard() != shard);
    if (!isOurs) {
      throw new WireException(
          "an answer is not to this client's operation: shard=" + shard + ", client=" + client);
    }
    router.answered(shard, seq, answer);
  }

  private synchronized void memberClosed(MemberLink link, String reason) {
    if (isClosed || links.get(link.node()) != link) {
      return;
    }
    troubles.put(link.address(), reason);
    Session current = begun();
    if (current.ways.isOpen(link.node())) {
      current.ways.closed(link.node());
      roster.forgotten(link.node());
      align();
    }
    if (current.ways.isNoneOpen()) {
      searchAgain();
    }
  }
}
