package io.shardgrid.node.bench;

import io.shardgrid.node.cli.AdminPage;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the meters of nodes every five seconds, as Prometheus does. Thread-safe. */
final class MeterReader implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(MeterReader.class);
  private static final int SECONDS = 5;

  private final List<String> nodes;
  private final AtomicInteger read = new AtomicInteger();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "bench-meters");
            made.setDaemon(true);
            return made;
          });

  /**
   * Begins.
   *
   * @param nodes HTTP addresses, host:port
   */
  MeterReader(List<String> nodes) {
    this.nodes = List.copyOf(nodes);
    thread.scheduleAtFixedRate(this::readAll, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  private void readAll() {
    for (String node : nodes) {
      try {
        AdminPage.get(node, "/metrics");
        read.incrementAndGet();
      } catch (CommandException e) {
        LOG.warn("Meters cannot be read: node={}", node, e);
      }
    }
  }

  /**
   * Demands that some have been read.
   *
   * @throws CommandException if none have
   */
  void demandRead() {
    if (read.get() == 0) {
      throw new CommandException(ExitCode.FAILED, "The nodes' meters could not be read");
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
