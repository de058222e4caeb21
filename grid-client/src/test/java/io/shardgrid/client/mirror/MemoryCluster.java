package io.shardgrid.client.mirror;

import io.shardgrid.failure.FailureCode;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.route.Outcome;
import io.shardgrid.wire.Answer;
import io.shardgrid.wire.Condition;
import io.shardgrid.wire.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A cluster in memory, without a clock: entries have the time to live that they were given. It may
 * hang, fail, or carry out something else than it was asked.
 */
final class MemoryCluster implements MirrorCluster {

  /** What it does with what it is asked. */
  enum Behaviour {
    ANSWERS,
    HANGS,
    FAILS
  }

  private final int shards;
  private final Map<KeyRef, Answer.Entry> entries = new HashMap<>();
  private final List<Outcome> hanging = new ArrayList<>();
  private final List<Request> asked = new ArrayList<>();
  private volatile Behaviour behaviour = Behaviour.ANSWERS;
  private volatile UnaryOperator<@Nullable Request> fault = request -> request;
  private volatile Runnable afterAnswer = () -> {};
  private long version;

  MemoryCluster(int shards, long firstVersion) {
    this.shards = shards;
    this.version = firstVersion;
  }

  /** From now on it does this. */
  void behave(Behaviour now) {
    behaviour = now;
  }

  /** From now on it carries out what this makes of requests; nothing, for null, and says it did. */
  void fault(UnaryOperator<@Nullable Request> now) {
    fault = now;
  }

  /** From now on this is done, on the thread that asks, when an answer was told. */
  void afterAnswer(Runnable now) {
    afterAnswer = now;
  }

  synchronized int hanging() {
    return hanging.size();
  }

  /** The requests so far. */
  synchronized List<Request> asked() {
    return List.copyOf(asked);
  }

  synchronized @Nullable String value(String map, String key) {
    Answer.Entry entry = entries.get(new KeyRef(map, bytes(key)));
    byte[] value = entry == null ? null : entry.value();
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  /** Stores an entry beside all that is asked. */
  synchronized void set(String map, String key, String value) {
    store(new KeyRef(map, bytes(key)), bytes(value), -1);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public int shards() {
    return shards;
  }

  @Override
  public void ask(String map, int shard, Request request, long timeoutNanos, Outcome outcome) {
    Behaviour now = behaviour;
    if (now == Behaviour.FAILS) {
      outcome.failed(new GridUnavailableException("as the test wants it"));
      return;
    }
    Answer answer;
    synchronized (this) {
      asked.add(request);
      if (now == Behaviour.HANGS) {
        hanging.add(outcome);
        return;
      }
      Request made = fault.apply(request);
      answer = made == null ? new Answer.Stored(true, version, null) : answer(map, made);
    }
    outcome.resolved(answer);
    afterAnswer.run();
  }

  private Answer answer(String map, Request request) {
    return switch (request.kind()) {
      case GET -> found(map, ((Request.Get) request).key());
      case PEEK -> found(map, ((Request.Peek) request).key());
      case PUT -> put(map, (Request.Put) request);
      case REMOVE -> remove(map, (Request.Remove) request);
      case ADD -> add(map, (Request.Add) request);
      case GET_ALL -> {
        List<byte @Nullable []> values = new ArrayList<>();
        for (byte[] key : ((Request.GetAll) request).keys()) {
          values.add(found(map, key) instanceof Answer.Entry entry ? entry.value() : null);
        }
        yield new Answer.Values(values);
      }
      case PUT_ALL -> {
        Request.PutAll all = (Request.PutAll) request;
        for (int at = 0; at < all.keys().size(); at++) {
          store(new KeyRef(map, all.keys().get(at)), all.values().get(at), -1);
        }
        yield Answer.Done.INSTANCE;
      }
      case REMOVE_ALL -> {
        long removed = 0;
        for (byte[] key : ((Request.RemoveAll) request).keys()) {
          removed += entries.remove(new KeyRef(map, key)) == null ? 0 : 1;
        }
        yield new Answer.Amount(removed);
      }
      case CLEAR -> {
        entries.keySet().removeIf(key -> key.map().equals(map));
        yield new Answer.Amount(0);
      }
      default -> new Answer.Failed(FailureCode.INTERNAL, "not in this test: " + request.kind());
    };
  }

  private Answer found(String map, byte[] key) {
    Answer.Entry entry = entries.get(new KeyRef(map, key));
    return entry == null ? Answer.Absent.INSTANCE : entry;
  }

  private Answer put(String map, Request.Put put) {
    KeyRef key = new KeyRef(map, put.key());
    Answer.Entry known = entries.get(key);
    byte[] previous = known == null ? null : known.value();
    if (!holds(put.condition(), known)) {
      return new Answer.Stored(false, known == null ? 0 : known.version(), null);
    }
    long left =
        switch (put.expiry().kind()) {
          case NEVER -> -1;
          case KEEP -> known == null ? -1 : known.leftMillis();
          default -> put.expiry().millis();
        };
    store(key, put.value(), left);
    return new Answer.Stored(true, version, put.wantsPrevious() ? previous : null);
  }

  private static boolean holds(Condition condition, Answer.@Nullable Entry known) {
    return switch (condition.kind()) {
      case ALWAYS -> true;
      case ABSENT -> known == null;
      case PRESENT -> known != null;
      case VALUE_IS -> known != null && Arrays.equals(known.value(), condition.value());
      case VERSION_IS -> known != null && known.version() == condition.version();
    };
  }

  private void store(KeyRef key, byte[] value, long leftMillis) {
    entries.put(key, new Answer.Entry(value, value.length, ++version, 0, leftMillis));
  }

  private Answer remove(String map, Request.Remove remove) {
    Answer.Entry known = entries.get(new KeyRef(map, remove.key()));
    if (known == null || !holds(remove.condition(), known)) {
      return new Answer.Stored(false, 0, null);
    }
    entries.remove(new KeyRef(map, remove.key()));
    version++;
    return new Answer.Stored(true, version, remove.wantsPrevious() ? known.value() : null);
  }

  private Answer add(String map, Request.Add add) {
    KeyRef key = new KeyRef(map, add.key());
    Answer.Entry known = entries.get(key);
    byte[] before = known == null ? bytes("0") : known.value();
    try {
      long sum =
          Long.parseLong(new String(before == null ? new byte[0] : before, StandardCharsets.UTF_8))
              + add.delta();
      store(key, bytes(Long.toString(sum)), known == null ? -1 : known.leftMillis());
      return new Answer.Amount(sum);
    } catch (NumberFormatException e) {
      return new Answer.Failed(FailureCode.NOT_A_NUMBER, "no number");
    }
  }
}
