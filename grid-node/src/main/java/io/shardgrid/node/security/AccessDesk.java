package io.shardgrid.node.security;

import io.shardgrid.failure.GridConfigException;
import java.time.Clock;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may use this node: the book of users of now, the checks of passwords, the audit log.
 * Thread-safe; {@link #book} is one volatile read.
 */
public final class AccessDesk implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AccessDesk.class);

  private final AccessSettings settings;
  private final AccessCounters counters = new AccessCounters();
  private final Audit audit;
  private final ScheduledThreadPoolExecutor timer;
  private final Logins logins;
  private volatile AccessBook book;

  /** What stood in the file when it was read last; confined to the timer's thread. */
  private String lastText;

  /** What was wrong with the file at the last look, and empty if nothing was; likewise. */
  private String lastReason = "";

  private AccessDesk(AccessSettings settings, AccessBook book, String text) {
    this.settings = settings;
    this.book = book;
    this.lastText = text;
    int lines = settings.auditPerSecond();
    this.audit = new Audit(Clock.systemUTC(), counters, lines, lines);
    this.timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "grid-access");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    this.logins = new Logins(settings.login(), counters, timer);
  }

  /**
   * Reads the users, and has their file read again when it changes. Starts no thread before there
   * is something to do.
   *
   * @throws GridConfigException when something is wrong with them
   */
  public static AccessDesk open(AccessSettings settings) {
    if (settings.file().isEmpty()) {
      return new AccessDesk(settings, settings.book(), "");
    }
    String text = settings.text();
    AccessDesk desk = new AccessDesk(settings, settings.book(text), text);
    long millis = settings.fileInterval().toMillis();
    desk.timer.scheduleWithFixedDelay(desk::lookAtFile, millis, millis, TimeUnit.MILLISECONDS);
    return desk;
  }

  /** The desk of a node that knows no users. */
  public static AccessDesk unattended() {
    return open(AccessSettings.reference());
  }

  /** The users of now. */
  public AccessBook book() {
    return book;
  }

  /** How it was set. */
  public AccessSettings settings() {
    return settings;
  }

  /** The checks of passwords. */
  public Logins logins() {
    return logins;
  }

  /** The audit log. */
  public Audit audit() {
    return audit;
  }

  /** What was counted. */
  public AccessCounters counters() {
    return counters;
  }

  private void lookAtFile() {
    try {
      String text = settings.text();
      if (!text.equals(lastText)) {
        lastText = text;
        take(settings.book(text));
      }
    } catch (RuntimeException e) {
      keep(e);
    }
  }

  private void take(AccessBook next) {
    book = next;
    lastReason = "";
    String outcome = "users=" + next.users() + ", tokens=" + next.tokens();
    LOG.info("The file of users was read again: {}", outcome);
    audit.changed("the file of users was read again", outcome);
  }

  /** A broken file changes nothing; it is said once for each content. */
  private void keep(RuntimeException failure) {
    String reason = String.valueOf(failure.getMessage());
    if (reason.equals(lastReason)) {
      return;
    }
    lastReason = reason;
    LOG.error("The file of users is broken, those of before stay: {}", reason);
    audit.changed("the file of users is broken, those of before stay", reason);
  }

  /** Ends the threads. */
  @Override
  public void close() {
    timer.shutdownNow();
    logins.close();
  }
}
