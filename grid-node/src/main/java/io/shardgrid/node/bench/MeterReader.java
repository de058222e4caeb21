package io.shardgrid.node.bench;

import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
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

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<HttpRequest> requests;
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
    this.requests = nodes.stream().map(MeterReader::request).toList();
    thread.scheduleAtFixedRate(this::readAll, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  private static HttpRequest request(String node) {
    return HttpRequest.newBuilder(URI.create("http://" + node + "/metrics"))
        .timeout(Duration.ofSeconds(SECONDS))
        .build();
  }

  private void readAll() {
    for (HttpRequest request : requests) {
      try {
        HttpResponse<Void> answer = http.send(request, HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() == 200) {
          read.incrementAndGet();
        }
      } catch (IOException e) {
        LOG.warn("Meters cannot be read: uri={}", request.uri(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
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
