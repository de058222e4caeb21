package io.shardgrid.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.shardgrid.client.ClientSettings;
import io.shardgrid.client.GridClient;
import io.shardgrid.key.CertificateReport;
import io.shardgrid.map.AsyncMap;
import io.shardgrid.map.Codecs;
import io.shardgrid.tls.TestAuthority;
import io.shardgrid.tls.TestAuthority.Issued;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Certificates, and the authority that signs them, are replaced while the grid is used. */
@EnabledForJreRange(max = JRE.JAVA_21) // long; on later ones other tests of processes do
final class CertificateRotationIT {

  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final int KEYS = 64;
  private static final int CALLERS = 4;
  private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

  private final Path directory;
  private final List<StandaloneNode> nodes = new ArrayList<>();
  private final AtomicBoolean isOver = new AtomicBoolean();
  private final AtomicLong acknowledged = new AtomicLong();
  private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();

  CertificateRotationIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @AfterEach
  void stop() {
    isOver.set(true);
    nodes.parallelStream().forEach(StandaloneNode::close);
  }

  private StandaloneNode start(Issued files, String name, List<String> seeds) {
    Map<String, Object> flags = new HashMap<>();
    flags.put("grid.name", name);
    flags.put("grid.shards", 16);
    flags.put("grid.join-timeout", "60s");
    flags.put("grid.cluster-secret", "the secret of this test");
    flags.put("grid.tls.enabled", "on");
    flags.put("grid.tls.certificate-file", files.certificate().toString());
    flags.put("grid.tls.key-file", files.key().toString());
    flags.put("grid.tls.ca-file", files.authority().toString());
    flags.put("grid.tls.reload-interval", "50ms");
    flags.put("grid.node.tls.resp", "on");
    flags.put("grid.node.tls.http", "on");
    flags.put("grid.node.drain", "off");
    flags.put("grid.seeds", seeds);
    for (String port : List.of("node.resp.port", "node.http.port", "peer-port", "cluster-port")) {
      flags.put("grid." + port, 0);
    }
    StandaloneNode node = StandaloneNode.start(NodeSettings.load(null, flags));
    nodes.add(node);
    return node;
  }

  private List<String> seeds() {
    return nodes.stream().map(node -> node.addresses().cluster()).toList();
  }

  private GridClient client(Path authority) {
    return GridClient.connect(
        ClientSettings.load()
            .withSeeds(nodes.stream().map(node -> node.addresses().resp()).toList())
            .withConnectTimeout(Duration.ofSeconds(30))
            .withTls(Optional.of(authority), Optional.empty(), Optional.empty()));
  }

  private void count(AsyncMap<String, Long> map, int caller) {
    for (int i = caller; !isOver.get(); i++) {
      try {
        map.sync().increment("key-" + i % KEYS, 1);
        acknowledged.incrementAndGet();
      } catch (RuntimeException e) {
        errors.add(e);
      }
    }
  }

  private void awaitMoreWork() {
    long wanted = acknowledged.get() + 500;
    await(() -> acknowledged.get() >= wanted);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  /** Changes files of all nodes, and waits until each has read them, in both of its sections. */
  private void rotate(Runnable change) {
    List<Long> before = reloads();
    change.run();
    await(
        () -> {
          List<Long> now = reloads();
          for (int i = 0; i < now.size(); i++) {
            if (now.get(i) <= before.get(i)) {
              return false;
            }
          }
          return nodes.stream()
              .flatMap(node -> node.certificates().stream())
              .allMatch(report -> report.trouble() == null);
        });
    awaitMoreWork();
  }

  private List<Long> reloads() {
    return nodes.stream()
        .flatMap(node -> node.certificates().stream())
        .map(CertificateReport::reloads)
        .toList();
  }

  @Test
  void isNotNoticedByCallersNorByOpenConnections() {
    TestAuthority old = TestAuthority.named("old");
    TestAuthority next = TestAuthority.named("next");
    for (String name : NAMES) {
      start(old.issue(directory, name), name, seeds());
    }
    nodes.forEach(node -> node.ready().toCompletableFuture().join());
    Lines lines = new Lines();
    Path both = TestAuthority.replace(directory.resolve("both.pem"), old.pem() + next.pem());
    List<CompletableFuture<Void>> callers = new ArrayList<>();
    try (GridClient client = client(both)) {
      AsyncMap<String, Long> map = client.map("counts", Codecs.string(), Codecs.decimal());
      for (int i = 0; i < CALLERS; i++) {
        int caller = i;
        callers.add(CompletableFuture.runAsync(() -> count(map, caller)));
      }
      awaitMoreWork();
      rotateAll(old, next);
      assertThat(lines.seen).as("what broke").isEmpty();
      assertNewOnesUseTheNewCertificates(next);
      awaitMoreWork();
      isOver.set(true);
      callers.forEach(CompletableFuture::join);
      assertThat(errors).isEmpty();
      long sum = 0;
      for (int i = 0; i < KEYS; i++) {
        sum += map.sync().get("key-" + i).orElse(0L);
      }
      assertThat(sum).isEqualTo(acknowledged.get());
    } finally {
      lines.detach();
    }
  }

  /** Trust both, show what the new authority has signed, trust the new one only. */
  private void rotateAll(TestAuthority old, TestAuthority next) {
    rotate(
        () ->
            NAMES.forEach(
                name ->
                    TestAuthority.replace(
                        directory.resolve(name + ".ca"), old.pem() + next.pem())));
    rotate(() -> NAMES.forEach(name -> next.renew(directory, name)));
    rotate(() -> NAMES.forEach(name -> next.authority(directory, name + ".ca")));
  }

  private void assertNewOnesUseTheNewCertificates(TestAuthority next) {
    try (GridClient fresh = client(next.authority(directory, "next.pem"))) {
      assertThat(fresh.map("counts", Codecs.string(), Codecs.decimal()).sync().get("key-0"))
          .isPresent();
    }
    // A node with a certificate of the new authority only joins: all kinds of links are opened.
    StandaloneNode joined = start(next.issue(directory, "d"), "d", seeds());
    joined.ready().toCompletableFuture().join();
    assertThat(joined.members()).isEqualTo(4);
  }

  /** What is said of connections that break. */
  private static final class Lines extends AppenderBase<ILoggingEvent> {

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private final List<Logger> logs =
        List.of(
            (Logger) LoggerFactory.getLogger("io.shardgrid.client.net"),
            (Logger) LoggerFactory.getLogger("io.shardgrid.net"),
            (Logger) LoggerFactory.getLogger("io.shardgrid.tls.channel"));

    Lines() {
      start();
      logs.forEach(log -> log.addAppender(this));
    }

    @Override
    protected void append(ILoggingEvent event) {
      if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
        seen.add(event.getFormattedMessage());
      }
    }

    void detach() {
      logs.forEach(log -> log.detachAppender(this));
    }
  }
}
