package io.shardgrid.shard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.shardgrid.failure.GridException;
import io.shardgrid.failure.OutcomeUnknownException;
import io.shardgrid.route.Outcome;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Expiry;
import io.shardgrid.wire.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Groups of keys that are always written together, so that in one shard they are always equal; and
 * walks over all entries, which miss nothing that is there all the time.
 */
final class SimBulkCalls {

  private static final String MAP = "bulk";
  private static final int GROUPS = 5;
  private static final int KEYS_A_GROUP = 4;
  private static final int PAGE_ENTRIES = 3;

  private final Simulation simulation;
  private final SplittableRandom random;
  private final SimValues values;

  /** For each shard, the groups that are known to be written. */
  private final Map<Integer, Set<String>> written = new HashMap<>();

  private int tokens;

  SimBulkCalls(Simulation simulation, SimValues values) {
    this.simulation = simulation;
    this.random = simulation.time.random;
    this.values = values;
  }

  /** Submits one operation. */
  void submit(SimNode node) {
    int shard = random.nextInt(simulation.shards);
    String group = "g" + random.nextInt(GROUPS);
    switch (random.nextInt(6)) {
      case 0, 1 -> put(node, shard, group);
      case 2 -> scan(node, new Walk(shard), 0);
      case 3 -> count(node, shard, group);
      default -> get(node, shard, group);
    }
  }

  private static List<byte[]> keys(String group) {
    List<byte[]> keys = new ArrayList<>();
    for (int i = 0; i < KEYS_A_GROUP; i++) {
      keys.add((group + "." + i).getBytes(UTF_8));
    }
    return keys;
  }

  private void put(SimNode node, int shard, String group) {
    tokens++;
    String token = Integer.toString(tokens);
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < KEYS_A_GROUP; i++) {
      all.add(token.getBytes(UTF_8));
    }
    SimValues.Seen seen = values.writing(MAP, shard, group, token, 0);
    submit(
        node,
        shard,
        new Request.PutAll(keys(group), all, Expiry.NEVER),
        seen,
        answer -> {
          values.done(seen);
          written.computeIfAbsent(shard, any -> new HashSet<>()).add(group);
        });
  }

  private void get(SimNode node, int shard, String group) {
    SimValues.Seen seen = values.reading(MAP, shard, group);
    submit(
        node,
        shard,
        new Request.GetAll(keys(group)),
        seen,
        answer -> values.saw(seen, common(((Answer.Values) answer).values())));
  }

  private static @Nullable String common(List<byte @Nullable []> all) {
    Set<String> different = new HashSet<>();
    for (byte[] value : all) {
      different.add(value == null ? "" : new String(value, UTF_8));
    }
    if (all.size() != KEYS_A_GROUP || different.size() != 1) {
      throw new SimViolation("I7 a bulk write is torn: " + different);
    }
    String value = different.iterator().next();
    return value.isEmpty() ? null : value;
  }

  private void count(SimNode node, int shard, String group) {
    SimValues.Seen seen = values.reading(MAP, shard, group);
    submit(
        node,
        shard,
        new Request.CountAll(keys(group)),
        seen,
        answer -> {
          long present = ((Answer.Amount) answer).value();
          if (present == 0) {
            values.saw(seen, null);
          } else if (present != KEYS_A_GROUP) {
            throw new SimViolation("I7 a bulk write is torn: present=" + present);
          }
        });
  }

  /** One walk over a shard's entries, page by page. */
  private final class Walk {
    final int shard;
    final Set<String> due;
    final Set<String> met = new HashSet<>();

    Walk(int shard) {
      this.shard = shard;
      this.due = new HashSet<>();
      for (String group : written.getOrDefault(shard, Set.of())) {
        keys(group).forEach(key -> due.add(new String(key, UTF_8)));
      }
    }
  }

  private void scan(SimNode node, Walk walk, long position) {
    Map<String, SimValues.Seen> reads = new HashMap<>();
    for (int group = 0; group < GROUPS; group++) {
      reads.put("g" + group, values.reading(MAP, walk.shard, "g" + group));
    }
    submit(
        node,
        walk.shard,
        new Request.Scan(position, PAGE_ENTRIES, true),
        null,
        answer -> {
          Answer.Page page = (Answer.Page) answer;
          for (Answer.Item item : page.entries()) {
            String key = new String(item.key(), UTF_8);
            walk.met.add(key);
            SimValues.Seen read = requireNonNull(reads.get(key.substring(0, key.indexOf('.'))));
            values.saw(read, new String(requireNonNull(item.value()), UTF_8));
          }
          if (page.position() != 0) {
            scan(node, walk, page.position());
          } else if (!walk.met.containsAll(walk.due) && !simulation.isLost(walk.shard)) {
            throw new SimViolation("B1 a walk misses what is there: " + walk.due + walk.met);
          }
        });
  }

  private interface Result {
    void of(Answer answer);
  }

  private void submit(
      SimNode node, int shard, Request request, SimValues.@Nullable Seen seen, Result result) {
    node.router.submit(
        MAP,
        shard,
        request,
        simulation.timeoutNanos,
        new Outcome() {
          @Override
          public void resolved(Answer answer) {
            if (!simulation.isOfLost(answer, shard)) {
              result.of(answer);
            }
          }

          @Override
          public void failed(GridException failure) {
            if (seen != null && !(failure instanceof OutcomeUnknownException)) {
              SimValues.nothingDone(seen);
            }
          }
        });
  }
}
