package io.shardgrid.shard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.failure.GridException;
import io.shardgrid.failure.OutcomeUnknownException;
import io.shardgrid.key.EvictionPolicy;
import io.shardgrid.key.MapSettings;
import io.shardgrid.key.MapsSettings;
import io.shardgrid.route.Outcome;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Request;
import java.util.Map;
import java.util.SplittableRandom;

/** Entries that vanish: of one map after a while, of another when it has no room for all. */
final class SimFadingCalls {

  /** A map with a limit, which a dozen entries exceed. */
  static final String BOUNDED = "bounded";

  private static final String FADING = "fading";
  private static final int SHARD_BYTES = 16 << 10;
  private static final int BOUNDED_KEYS = 14;
  private static final int VALUE_BYTES = 1_600;

  private final Simulation simulation;
  private final SplittableRandom random;
  private final SimValues values;
  private int tokens;

  SimFadingCalls(Simulation simulation, SimValues values) {
    this.simulation = simulation;
    this.random = simulation.time.random;
    this.values = values;
  }

  /** The settings that these maps need. */
  static MapsSettings maps(int shards, SplittableRandom random) {
    EvictionPolicy policy = random.nextBoolean() ? EvictionPolicy.LRU : EvictionPolicy.LFU;
    MapSettings bounded = new MapSettings(policy, (long) SHARD_BYTES * shards);
    return new MapsSettings(Map.of(BOUNDED, bounded), MapsSettings.plain().others());
  }

  /** Submits one operation. */
  void submit(SimNode node) {
    boolean isBounded = random.nextInt(3) == 0;
    String map = isBounded ? BOUNDED : FADING;
    String key = "f" + random.nextInt(isBounded ? BOUNDED_KEYS : 3);
    int shard = random.nextInt(simulation.shards);
    byte[] keyBytes = key.getBytes(UTF_8);
    if (random.nextInt(2) == 0) {
      SimValues.Seen seen = values.reading(map, shard, key);
      submit(node, map, shard, new Request.Get(keyBytes), seen);
      return;
    }
    tokens++;
    String token = Integer.toString(tokens);
    long ttlMillis = isBounded ? 0 : ttlMillis();
    Expiry expiry = ttlMillis == 0 ? Expiry.NEVER : Expiry.after(ttlMillis);
    String value = isBounded ? token + " ".repeat(VALUE_BYTES - token.length()) : token;
    SimValues.Seen seen = values.writing(map, shard, key, token, ttlMillis);
    Request put = new Request.Put(keyBytes, value.getBytes(UTF_8), expiry, Condition.ALWAYS, false);
    submit(node, map, shard, put, seen);
  }

  private long ttlMillis() {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> random.nextLong(10_000, 20_000);
      default -> random.nextLong(1, 3_000);
    };
  }

  private void submit(SimNode node, String map, int shard, Request request, SimValues.Seen seen) {
    node.router.submit(
        map,
        shard,
        request,
        simulation.timeoutNanos,
        new Outcome() {
          @Override
          public void resolved(Answer answer) {
            if (answer instanceof Answer.Entry entry) {
              values.saw(seen, new String(requireNonNull(entry.value()), UTF_8).trim());
            } else if (answer instanceof Answer.Absent) {
              values.saw(seen, null);
            } else if (isNoRoom(answer)) {
              SimValues.nothingDone(seen);
            } else if (!simulation.isOfLost(answer, shard)) {
              values.done(seen);
            }
          }

          @Override
          public void failed(GridException failure) {
            if (!(failure instanceof OutcomeUnknownException)) {
              SimValues.nothingDone(seen);
            }
          }
        });
  }

  private static boolean isNoRoom(Answer answer) {
    return answer instanceof Answer.Failed failed && failed.code() == FailureCode.MEMORY_EXCEEDED;
  }
}
