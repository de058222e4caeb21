package io.shardgrid.client.net;

import io.netty.channel.EventLoop;
import io.shardgrid.link.Backoff;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Topology;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Asks seeds in turn for the topology, round after round with growing waits between the rounds,
 * until somebody is content. Confined to one event loop, except for {@link #start}.
 */
final class SeedSearch {

  /** Hears what was found; on the event loop. */
  interface Finder {

    /** Whether the search is still wanted. */
    boolean isSearching();

    /** A seed does not let the client in. */
    void denied(NodeAddress seed, String why);

    /** A seed told its topology. */
    void found(Topology topology);
  }

  private final List<NodeAddress> seeds;
  private final Dialer dialer;
  private final EventLoop loop;
  private final Backoff backoff;
  private final Troubles troubles;
  private final Finder finder;

  /**
   * Makes a search.
   *
   * @param troubles where the last failure of each seed is noted
   */
  SeedSearch(
      List<NodeAddress> seeds,
      Dialer dialer,
      EventLoop loop,
      ConnectionSettings settings,
      Troubles troubles,
      Finder finder) {
    this.seeds = seeds;
    this.dialer = dialer;
    this.loop = loop;
    this.backoff = new Backoff(settings.asLink(), new SplittableRandom());
    this.troubles = troubles;
    this.finder = finder;
  }

  void start() {
    EventLoops.execute(loop, () -> ask(0));
  }

  private void ask(int number) {
    if (!finder.isSearching()) {
      return;
    }
    if (number < seeds.size()) {
      dialer.dial(seeds.get(number), loop, new Attempt(number));
    } else {
      loop.schedule(() -> ask(0), backoff.nextNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private final class Attempt implements Connection.Listener {

    private final int number;
    private boolean hasFound;

    Attempt(int number) {
      this.number = number;
    }

    @Override
    public void opened(Connection connection, Topology topology) {
      hasFound = true;
      troubles.remove(seeds.get(number));
      finder.found(topology);
      connection.close();
    }

    @Override
    public void learned(Connection connection, Topology topology) {
      // The first word was enough.
    }

    @Override
    public void answered(int shard, long client, long seq, Answer answer) {
      // Nothing was asked over this connection.
    }

    @Override
    public void denied(String why) {
      finder.denied(seeds.get(number), why);
    }

    @Override
    public void closed(Connection connection, String reason) {
      if (!hasFound) {
        troubles.put(seeds.get(number), reason);
      }
      // Also after a success: what was found may be of no use, as when those members are all gone.
      ask(number + 1);
    }
  }
}
