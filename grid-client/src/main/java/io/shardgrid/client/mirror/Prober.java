package io.shardgrid.client.mirror;

import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Request;
import java.util.function.Function;

/**
 * Asks both clusters the same, one after the other, so that their times can be compared. Confined
 * to one thread, which it blocks while it waits for answers.
 */
final class Prober {

  /*
   * Callers' own operations tell which cluster is slower only with a bias. They wait for production
   * alone: while it stands still for a moment, each of them has one operation under way and asks no
   * more, so this moment counts once a caller; while the canary does, they go on asking, and it
   * counts once for each operation that comes meanwhile (coordinated omission). And production is
   * asked first: the canary's answer waits for a processor behind production's, and behind whoever
   * that one wakes.
   *
   * A probe is asked of both by the same thread, which waits for each in the same way, in an order
   * that is drawn, at moments that are drawn. Exchange the two clusters, and nothing changes but the
   * clusters. What the copies do to a canary is in it: it carries them out meanwhile.
   *
   * Reads are of keys that were just compared. Writes go to a map of their own, if one was named:
   * nothing is written that nobody has asked for.
   */
  private static final int VALUE_BYTES = 100;
  private static final long TTL_MILLIS = 60_000;

  private final Mirror mirror;
  private final Judge judge;
  private final Probes probes;
  private final long timeoutNanos;

  /** Takes the times of a probe that both have carried out. */
  private interface Times {
    void probed(long productionNanos, long canaryNanos);
  }

  Prober(Mirror mirror, Judge judge, Probes probes, long timeoutNanos) {
    this.mirror = mirror;
    this.judge = judge;
    this.probes = probes;
    this.timeoutNanos = timeoutNanos;
  }

  /** Makes what is due: a read, and a write if those are wanted. */
  void run() throws InterruptedException {
    MirrorCluster canary = mirror.canary();
    Probes.Probe read =
        canary == null || mirror.mode() == MirrorMode.OFF ? null : probes.nextRead();
    if (canary == null || read == null) {
      return;
    }
    if (!mirror.outOfStep().contains(read.key())) {
      probe(read, key -> new Request.Get(key.key()), canary, judge::probedRead);
    }
    Probes.Probe write = probes.nextWrite();
    if (write != null) {
      probe(write, Prober::put, canary, judge::probedWrite);
    }
  }

  private static Request put(KeyRef key) {
    return new Request.Put(
        key.key(), new byte[VALUE_BYTES], Expiry.after(TTL_MILLIS), Condition.ALWAYS, false);
  }

  private void probe(
      Probes.Probe probe, Function<KeyRef, Request> made, MirrorCluster canary, Times times)
      throws InterruptedException {
    mirror.tally().probed.increment();
    Request request = made.apply(probe.key());
    boolean isProductionFirst = probe.isProductionFirst();
    MirrorCluster production = mirror.production();
    Waited.Timed one = ask(isProductionFirst ? production : canary, probe.key(), request);
    Waited.Timed other = ask(isProductionFirst ? canary : production, probe.key(), request);
    if (one.reply().isSuccess() && other.reply().isSuccess()) {
      times.probed(
          isProductionFirst ? one.nanos() : other.nanos(),
          isProductionFirst ? other.nanos() : one.nanos());
    }
  }

  private Waited.Timed ask(MirrorCluster cluster, KeyRef key, Request request)
      throws InterruptedException {
    return Waited.ask(cluster, key, request, timeoutNanos, mirror.nanoClock());
  }
}
