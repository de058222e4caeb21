package io.shardgrid.loader;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Lets loads through to a store: so many at once, others wait for a short while, and none while the
 * store is down. A pure machine: the time comes with each input. Not thread-safe.
 *
 * @param <T> a load
 */
public final class LoadGate<T> {

  /*
   * Each load comes to exactly one end: ended by the store, or refused by word of this gate. One
   * that takes too long is given up, which is its end for whoever waits; its place stays taken
   * until the store has really ended it, since so long it has a connection of the pool.
   */

  /**
   * Bounds. Immutable.
   *
   * @param atOnceMax loads that the store has at once
   * @param queueMax loads that wait for that
   * @param queueTime how long one waits at most
   * @param timeout how long one may take, from when the store has it
   */
  public record Settings(int atOnceMax, int queueMax, Duration queueTime, Duration timeout) {}

  /** Why a load came to nothing. */
  public enum Refusal {
    /** The store has failed or stalled too often of late. */
    DOWN,
    /** As many loads wait as may. */
    FULL,
    /** It has waited for its turn for as long as it may. */
    QUEUED_TOO_LONG,
    /** The store has taken too long. */
    TIMED_OUT
  }

  /** What is to be done; must not call the gate. */
  public interface Effects<T> {
    /** Hands a load to the store, and tells the gate when that has ended it. */
    void start(Call<T> call);

    /** Says that nothing comes of a load. */
    void refuse(T load, Refusal why);
  }

  /** A load that the store has. Confined to its gate. */
  public static final class Call<T> {
    private final T load;
    private final int number;
    private final long begunNanos;
    private boolean isGivenUp;

    Call(T load, int number, long begunNanos) {
      this.load = load;
      this.number = number;
      this.begunNanos = begunNanos;
    }

    /** What is loaded. */
    public T load() {
      return load;
    }
  }

  private record Queued<T>(T load, long sinceNanos) {}

  private final Settings settings;
  private final CircuitBreaker breaker;
  private final ArrayDeque<Queued<T>> queue = new ArrayDeque<>();
  private final Set<Call<T>> calls = new LinkedHashSet<>();

  /** Nothing is under way yet. */
  public LoadGate(Settings settings, CircuitBreaker breaker) {
    this.settings = settings;
    this.breaker = breaker;
  }

  /** Loads that the store has, those that were given up among them. */
  public int atOnce() {
    return calls.size();
  }

  /** Loads that wait. */
  public int queued() {
    return queue.size();
  }

  /** A load is wanted. */
  public void submit(T load, long nowNanos, Effects<T> effects) {
    if (breaker.isRefusing(nowNanos)) {
      effects.refuse(load, Refusal.DOWN);
    } else if (calls.size() < settings.atOnceMax()) {
      start(load, nowNanos, effects);
    } else if (queue.size() < settings.queueMax()) {
      queue.add(new Queued<>(load, nowNanos));
    } else {
      effects.refuse(load, Refusal.FULL);
    }
  }

  private void start(T load, long nowNanos, Effects<T> effects) {
    int number = breaker.begin(nowNanos);
    if (number < 0) {
      effects.refuse(load, Refusal.DOWN);
      return;
    }
    Call<T> call = new Call<>(load, number, nowNanos);
    calls.add(call);
    effects.start(call);
  }

  /**
   * The store has ended a load.
   *
   * @return whether somebody still waits for what it brought
   */
  public boolean ended(Call<T> call, boolean isFailed, long nowNanos, Effects<T> effects) {
    if (!calls.remove(call)) {
      return false;
    }
    if (!call.isGivenUp) {
      breaker.ended(call.number, isFailed, nowNanos - call.begunNanos, nowNanos);
    }
    pump(nowNanos, effects);
    return !call.isGivenUp;
  }

  /** Time passes: to be told some times in the shortest of the bounds. */
  public void tick(long nowNanos, Effects<T> effects) {
    for (Call<T> call : calls) {
      long tookNanos = nowNanos - call.begunNanos;
      if (!call.isGivenUp && tookNanos >= settings.timeout().toNanos()) {
        call.isGivenUp = true;
        breaker.ended(call.number, true, tookNanos, nowNanos);
        effects.refuse(call.load, Refusal.TIMED_OUT);
      }
    }
    Iterator<Queued<T>> waiting = queue.iterator();
    boolean isDown = breaker.isRefusing(nowNanos);
    while (waiting.hasNext()) {
      Queued<T> one = waiting.next();
      boolean isLate = nowNanos - one.sinceNanos() >= settings.queueTime().toNanos();
      if (!isLate && !isDown) {
        break;
      }
      waiting.remove();
      effects.refuse(one.load(), isDown ? Refusal.DOWN : Refusal.QUEUED_TOO_LONG);
    }
    pump(nowNanos, effects);
  }

  private void pump(long nowNanos, Effects<T> effects) {
    while (!queue.isEmpty() && calls.size() < settings.atOnceMax()) {
      Queued<T> next = queue.remove();
      if (nowNanos - next.sinceNanos() >= settings.queueTime().toNanos()) {
        effects.refuse(next.load(), Refusal.QUEUED_TOO_LONG);
      } else {
        start(next.load(), nowNanos, effects);
      }
    }
  }
}
