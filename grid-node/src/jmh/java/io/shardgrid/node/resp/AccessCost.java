package io.shardgrid.node.resp;

import io.shardgrid.node.security.AccessDesk;
import io.shardgrid.node.security.Logins;
import io.shardgrid.node.security.SampleUsers;
import io.shardgrid.wire.Operation;
import io.shardgrid.wire.Request;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What it costs to look up whether a command may run, by one thread, the cases in turns: the least
 * and the median of the rounds, in nanoseconds of a processor for one operation.
 */
public final class AccessCost {

  private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 21;
  private static final int OPERATIONS = 5_000_000;

  private AccessCost() {}

  /** Measures, and prints the rows of a table. */
  public static void main(String[] arguments) {
    AccessDesk users = SampleUsers.desk();
    AccessDesk nobody = AccessDesk.unattended();
    Map<String, Case> cases = new LinkedHashMap<>();
    cases.put("no users are configured", new Case(gate(nobody, ""), "a", "a"));
    cases.put("the same map as before", new Case(gate(users, "writer"), "a", "a"));
    cases.put("another map each time", new Case(gate(users, "writer"), "a", "b"));
    Map<String, List<Double>> nanos = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      cases.forEach(
          (name, one) -> nanos.computeIfAbsent(name, key -> new ArrayList<>()).add(one.nanos()));
    }
    nanos.forEach(
        (name, all) -> {
          Collections.sort(all);
          System.out.println(
              String.format(
                  Locale.ROOT, "| %s | %.1f | %.1f |", name, all.get(0), all.get(ROUNDS / 2)));
        });
    users.close();
    nobody.close();
  }

  private static AccessGate gate(AccessDesk desk, String user) {
    AccessGate gate =
        new AccessGate(desk, new InetSocketAddress(InetAddress.getLoopbackAddress(), 1));
    if (!user.isEmpty()) {
      byte[] password = SampleUsers.PASSWORD.getBytes(StandardCharsets.UTF_8);
      Logins.Outcome outcome =
          desk.logins()
              .check(desk.book(), user, password, InetAddress.getLoopbackAddress())
              .toCompletableFuture()
              .join();
      gate.accept(((Logins.Accepted) outcome).user());
    }
    return gate;
  }

  /** One case: operations on two maps in turns. */
  private record Case(AccessGate gate, String one, String other) {

    double nanos() {
      Request get = new Request.Get(new byte[] {1});
      Operation[] operations = {operation(one, get), operation(other, get)};
      int carried = 0;
      long start = PROCESSOR.getCurrentThreadCpuTime();
      for (int number = 0; number < OPERATIONS; number++) {
        carried += gate.mayCarryOut(operations[number & 1]) ? 1 : 0;
      }
      long nanos = PROCESSOR.getCurrentThreadCpuTime() - start;
      if (carried != OPERATIONS) {
        throw new IllegalStateException("Refused: carried=" + carried);
      }
      return (double) nanos / OPERATIONS;
    }

    private static Operation operation(String map, Request request) {
      return new Operation(map, 0, 1, 1, 1, 1, 0, 0, request);
    }
  }
}
