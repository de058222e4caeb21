package io.shardgrid.fuzz;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Takes what is logged as an error for what it is: a bug. Everything else is not logged. */
public final class ErrorLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final Logger log = (Logger) LoggerFactory.getLogger("io.shardgrid");
  private final @Nullable Level levelBefore = log.getLevel();
  private volatile @Nullable AssertionError first;

  /** Begins to listen. */
  public static ErrorLog listening() {
    ErrorLog errors = new ErrorLog();
    errors.start();
    errors.log.setLevel(Level.ERROR);
    errors.log.setAdditive(false);
    errors.log.addAppender(errors);
    return errors;
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (first == null && event.getLevel().isGreaterOrEqual(Level.ERROR)) {
      @Nullable Throwable cause =
          event.getThrowableProxy() instanceof ThrowableProxy proxy ? proxy.getThrowable() : null;
      AssertionError error =
          new AssertionError(
              "logged as an error: " + event.getFormattedMessage() + ", cause=" + cause, cause);
      if (cause != null) {
        error.setStackTrace(cause.getStackTrace());
      }
      first = error;
    }
  }

  /** Fails if an error was logged since the last call. */
  public void requireNone() {
    AssertionError error = first;
    first = null;
    if (error != null) {
      throw error;
    }
  }

  @Override
  public void close() {
    log.detachAppender(this);
    log.setLevel(levelBefore);
    log.setAdditive(true);
  }
}
