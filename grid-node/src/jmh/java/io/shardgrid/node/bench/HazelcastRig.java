package io.shardgrid.node.bench;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Members of Hazelcast on the loopback address, asked by its client. */
final class HazelcastRig implements Rig {

  private static final long START_NANOS_MAX = TimeUnit.SECONDS.toNanos(90);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long END_SECONDS_MAX = 10;

  /** What its manual recommends for Java 17. */
  private static final List<String> OPENS =
      List.of(
          "--add-modules=java.se",
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.management/sun.management=ALL-UNNAMED",
          "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");

  private final String heap;
  private final List<Child> children = new ArrayList<>();
  private @Nullable HazelcastInstance client;

  HazelcastRig(String heap) {
    this.heap = heap;
  }

  /** What a member says of its cluster, and of its share of the data. */
  record Report(int members, boolean isSpread) {

    private static final String FORM = "members=%d spread=%b";

    static Report of(int members, boolean isSpread) {
      return new Report(members, isSpread);
    }

    String line() {
      return FORM.formatted(members, isSpread);
    }
  }

  private static final class Child {
    final Process process;
    volatile String said = "";

    Child(Process process) {
      this.process = process;
    }

    void read() {
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          said = line;
        }
      } catch (IOException e) {
        said = "";
      }
    }
  }

  @Override
  public String title() {
    return "Hazelcast";
  }

  @Override
  public Subject start(int nodes) {
    for (int number = 1; number <= nodes; number++) {
      grow();
      await(number);
    }
    HazelcastMember.quiet();
    ClientConfig config = new ClientConfig();
    for (int node = 0; node < nodes; node++) {
      config.getNetworkConfig().addAddress("127.0.0.1:" + (HazelcastMember.FIRST_PORT + node));
    }
    HazelcastInstance started = HazelcastClient.newHazelcastClient(config);
    client = started;
    return new OfMap(started.getMap(HazelcastMember.MAP));
  }

  private void await(int nodes) {
    long fromNanos = System.nanoTime();
    while (!isSpread(nodes)) {
      if (System.nanoTime() - fromNanos > START_NANOS_MAX) {
        throw new CommandException(ExitCode.FAILED, "Hazelcast has not started in time");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private record OfMap(IMap<String, byte[]> map) implements Subject {

    @Override
    public CompletionStage<Boolean> get(String key) {
      return map.getAsync(key).thenApply(value -> value != null);
    }

    @Override
    public CompletionStage<?> put(String key, byte[] value) {
      return map.setAsync(key, value);
    }
  }

  @Override
  public void grow() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    command.addAll(OPENS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(HazelcastMember.class.getName(), Integer.toString(children.size())));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      Child child = new Child(process);
      children.add(child);
      Thread reader = new Thread(child::read, "hazelcast-member");
      reader.setDaemon(true);
      reader.start();
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, "A member's process cannot be started: " + e.getMessage(), e);
    }
  }

  @Override
  public boolean isSpread(int nodes) {
    String wanted = new Report(nodes, true).line();
    return children.size() == nodes
        && children.stream().allMatch(child -> child.said.equals(wanted));
  }

  @Override
  public List<String> remarks() {
    return List.of();
  }

  @Override
  public void forgetLogs() {}

  @Override
  public void close() {
    HazelcastInstance started = client;
    if (started != null) {
      started.shutdown();
    }
    children.forEach(child -> child.process.destroyForcibly());
    try {
      for (Child child : children) {
        child.process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
