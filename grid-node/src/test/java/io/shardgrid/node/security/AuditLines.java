package io.shardgrid.node.security;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Hears what the audit log is told, while it is open. */
public final class AuditLines implements AutoCloseable {

  private final Logger logger = (Logger) LoggerFactory.getLogger(Audit.LOGGER);
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(event.getFormattedMessage());
        }
      };

  /** Begins to listen. */
  public AuditLines() {
    logger.setLevel(Level.INFO);
    appender.start();
    logger.addAppender(appender);
  }

  /** What was said since. */
  public List<String> all() {
    return lines;
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
  }
}
