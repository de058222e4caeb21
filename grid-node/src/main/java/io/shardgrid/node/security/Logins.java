package io.shardgrid.node.security;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Checks passwords: on threads of its own, a bounded number at once, and slower and slower for who
 * gets them wrong. Thread-safe.
 *
 * <p>Who waits, for a pause or for an answer that is held back, holds no thread.
 */
public final class Logins implements AutoCloseable {

  /** What became of a login. */
  public sealed interface Outcome {}

  /** The password was right. */
  public record Accepted(User user) implements Outcome {}

  /** The name or the password was wrong, or the user is disabled; which one is not told. */
  public record Denied() implements Outcome {}

  /** The password was not looked at: too many wait. */
  public record Busy() implements Outcome {}

  private static final Denied DENIED = new Denied();
  private static final Busy BUSY = new Busy();
  private static final long IDLE_SECONDS = 10;

  private record Attempt(
      AccessBook book,
      String name,
      byte[] password,
      String source,
      CompletableFuture<Outcome> end) {

    void end(Outcome outcome) {
      Arrays.fill(password, (byte) 0);
      end.complete(outcome);
    }
  }

  private final LoginSettings settings;
  private final AccessCounters counters;
  private final ScheduledExecutorService timer;
  private final ThreadPoolExecutor hashing;
  private final VerifiedLogins verified;
  private final Throttle sources;
  private final Throttle users;
  private final AtomicInteger waiting = new AtomicInteger();

  Logins(LoginSettings settings, AccessCounters counters, ScheduledExecutorService timer) {
    this.settings = settings;
    this.counters = counters;
    this.timer = timer;
    this.verified = new VerifiedLogins(settings.cacheMax(), settings.cacheLife());
    SecureRandom random = new SecureRandom();
    LoginSettings.Pauses pauses = settings.pauses();
    this.sources =
        new Throttle(pauses.first(), pauses.sourceMax(), pauses.forget(), false, random.nextInt());
    this.users =
        new Throttle(pauses.first(), pauses.userMax(), pauses.forget(), true, random.nextInt());
    AtomicInteger number = new AtomicInteger();
    this.hashing =
        new ThreadPoolExecutor(
            settings.threads(),
            settings.threads(),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(settings.queueMax()),
            task -> {
              Thread thread = new Thread(task, "grid-login-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    hashing.allowCoreThreadTimeOut(true);
  }

  /**
   * Checks a password. Never blocks; the stage ends on any thread, often at once.
   *
   * @param password in UTF-8; overwritten when the stage has ended
   * @param from where it comes from; null if that is nowhere in particular
   */
  public CompletionStage<Outcome> check(
      AccessBook book, String name, byte[] password, @Nullable InetAddress from) {
    User user = book.user(name);
    if (user != null && verified.has(verified.digest(user, password), System.nanoTime())) {
      counters.remembered.increment();
      counters.accepted.increment();
      Arrays.fill(password, (byte) 0);
      return CompletableFuture.completedStage(new Accepted(user));
    }
    String source = from == null ? "" : Source.of(from);
    Attempt attempt = new Attempt(book, name, password, source, new CompletableFuture<>());
    begin(attempt);
    return attempt.end;
  }

  private void begin(Attempt attempt) {
    long nowNanos = System.nanoTime();
    long wait = sources.reserve(attempt.source, nowNanos);
    if (wait != Throttle.REFUSED) {
      wait = Math.max(wait, users.reserve(attempt.name, nowNanos));
    }
    if (wait == Throttle.REFUSED) {
      refuse(attempt);
    } else if (wait == 0) {
      look(attempt);
    } else {
      counters.delayed.increment();
      later(() -> look(attempt), attempt, wait);
    }
  }

  private void look(Attempt attempt) {
    try {
      hashing.execute(() -> judge(attempt));
    } catch (RejectedExecutionException e) {
      // The queue is full, or the node is closing.
      refuse(attempt);
    }
  }

  private void judge(Attempt attempt) {
    User user = attempt.book.user(attempt.name);
    User looked = user != null ? user : attempt.book.decoy(attempt.name.hashCode());
    boolean isRight = looked != null && matches(looked, attempt.password) && user != null;
    long nowNanos = System.nanoTime();
    if (isRight) {
      User known = java.util.Objects.requireNonNull(user);
      ByteBuffer digest = verified.digest(known, attempt.password);
      verified.add(digest, nowNanos);
      users.succeeded(attempt.name);
      counters.accepted.increment();
      attempt.end(new Accepted(known));
      return;
    }
    counters.denied.increment();
    long pause =
        Math.max(sources.failed(attempt.source, nowNanos), users.failed(attempt.name, nowNanos));
    later(() -> attempt.end(DENIED), attempt, pause);
  }

  /** Looks at every hash whichever one is right. */
  private static boolean matches(User user, byte[] password) {
    boolean isRight = false;
    for (PasswordHash hash : user.passwords()) {
      isRight |= hash.matches(password);
    }
    return isRight;
  }

  /** Waits without a thread; if too many do, the attempt ends now. */
  private void later(Runnable then, Attempt attempt, long nanos) {
    if (waiting.incrementAndGet() > settings.waitingMax()) {
      waiting.decrementAndGet();
      refuse(attempt);
      return;
    }
    try {
      timer.schedule(
          () -> {
            waiting.decrementAndGet();
            then.run();
          },
          nanos,
          TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      waiting.decrementAndGet();
      refuse(attempt);
    }
  }

  private void refuse(Attempt attempt) {
    counters.busy.increment();
    attempt.end(BUSY);
  }

  /** Ends the threads; what waits is not answered any more. */
  @Override
  public void close() {
    hashing.shutdownNow();
  }
}
