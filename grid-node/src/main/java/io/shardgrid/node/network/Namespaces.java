package io.shardgrid.node.network;

import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Every node in a network namespace of its own, with an address of its own on a bridge. Cut off,
 * packets are dropped where they arrive: their sender gets no word, as in a real partition.
 *
 * <p>Needs root and iproute2. Thread-safe.
 */
public final class Namespaces implements BreakableNetwork {

  private static final int BASE_PORT = 7171;
  private static final int PEER_PORT = BASE_PORT + 2;
  private static final String DROP_RULE = "100";
  private static final String LOCAL_RULE = "200";
  private static final int NETS = 250;
  private static final int COMMAND_SECONDS_MAX = 20;

  private final String name;
  private final String net;
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final List<List<String>> cuts = new ArrayList<>();

  private Namespaces(String name, String net) {
    this.name = name;
    this.net = net;
  }

  /** Sets up the bridge; empty where this machine does not allow it. */
  public static Optional<Namespaces> open() {
    int number = ThreadLocalRandom.current().nextInt(1, NETS);
    String name = "sg" + Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36 * 36), 36);
    Namespaces namespaces = new Namespaces(name, "10.213." + number + ".");
    try {
      namespaces.ip("link", "add", name, "type", "bridge");
      namespaces.ip("addr", "add", namespaces.net + "254/24", "dev", name);
      namespaces.ip("link", "set", name, "up");
      namespaces.addNamespace(name + "-probe", 253);
      namespaces.ip("netns", "del", name + "-probe");
      return Optional.of(namespaces);
    } catch (CommandException e) {
      namespaces.close();
      return Optional.empty();
    }
  }

  @Override
  public synchronized List<String> prefix(String node) {
    return List.of("ip", "netns", "exec", namespace(node));
  }

  @Override
  public synchronized List<String> options(String node) {
    String host = address(node);
    return BreakableNetwork.at(host, host, BASE_PORT);
  }

  @Override
  public String title() {
    return "network namespaces, one a node";
  }

  @Override
  public synchronized void cut(String one, String other, Scope scope) {
    drop(one, other, scope);
    drop(other, one, scope);
  }

  private void drop(String at, String from, Scope scope) {
    List<String> rule =
        new ArrayList<>(List.of("from", address(from), "iif", "eth0", "pref", DROP_RULE));
    if (scope == Scope.ALL) {
      add(at, rule);
    } else {
      for (String side : List.of("dport", "sport")) {
        List<String> ports = new ArrayList<>(rule);
        ports.addAll(List.of("ipproto", "tcp", side, Integer.toString(PEER_PORT)));
        add(at, ports);
      }
    }
  }

  private void add(String at, List<String> rule) {
    List<String> command = new ArrayList<>(List.of("-n", namespace(at), "rule", "add"));
    command.addAll(rule);
    command.add("blackhole");
    ip(command.toArray(String[]::new));
    command.set(3, "del");
    cuts.add(command);
  }

  @Override
  public synchronized void mend() {
    cuts.forEach(command -> ip(command.toArray(String[]::new)));
    cuts.clear();
  }

  private String address(String node) {
    return net + number(node);
  }

  private String namespace(String node) {
    number(node);
    return name + "-" + node;
  }

  private int number(String node) {
    Integer known = numbers.get(node);
    if (known != null) {
      return known;
    }
    int number = numbers.size() + 1;
    addNamespace(name + "-" + node, number);
    numbers.put(node, number);
    return number;
  }

  private String end(int number) {
    return name + "v" + number;
  }

  private void addNamespace(String namespace, int number) {
    String end = end(number);
    ip("netns", "add", namespace);
    ip("link", "add", end, "type", "veth", "peer", "name", "eth0", "netns", namespace);
    ip("link", "set", end, "master", name, "up");
    ip("-n", namespace, "addr", "add", net + number + "/24", "dev", "eth0");
    ip("-n", namespace, "link", "set", "eth0", "up");
    ip("-n", namespace, "link", "set", "lo", "up");
    // So that a rule that drops comes before the one that says what is for this machine.
    ip("-n", namespace, "rule", "add", "pref", LOCAL_RULE, "lookup", "local");
    ip("-n", namespace, "rule", "del", "pref", "0");
  }

  @Override
  public synchronized void close() {
    // The links by themselves: a namespace lives on as long as anything is left in it.
    numbers.forEach(
        (node, number) -> {
          ipIfCan("link", "del", end(number));
          ipIfCan("netns", "del", name + "-" + node);
        });
    ipIfCan("netns", "del", name + "-probe");
    ipIfCan("link", "del", name);
  }

  private void ipIfCan(String... arguments) {
    try {
      ip(arguments);
    } catch (CommandException e) {
      // Not there, or not allowed: then there is nothing to take away.
    }
  }

  private void ip(String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new CommandException(
            ExitCode.FAILED, String.join(" ", command) + ": " + said.strip());
      }
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, "ip (iproute2) cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.INTERRUPTED, "Interrupted", e);
    }
  }
}
