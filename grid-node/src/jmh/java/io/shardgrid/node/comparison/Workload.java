package io.shardgrid.node.comparison;

import io.shardgrid.node.comparison.Load.Kind;
import io.shardgrid.node.comparison.Product.Role;
import io.shardgrid.node.comparison.Product.State;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** What is measured of a product, in one process. */
enum Workload {
  /** One node in the calling process. */
  EMBEDDED {
    @Override
    void run(Product product, Plan plan, Consumer<Figure> told) throws Exception {
      product.open(Role.EMBEDDED, 0);
      Load load = new Load(product, plan.entries(), plan.valueBytes());
      load.fill(IN_FLIGHT);
      int sample = SAMPLE_EVERY;
      load.sync("warm", Kind.MIXED, 2, plan.warmSeconds(), sample);
      for (int threads : new int[] {1, 4}) {
        for (Kind kind : new Kind[] {Kind.GET, Kind.PUT}) {
          String name = measurement(kind, threads + "-threads");
          told.accept(load.sync(name, kind, threads, plan.seconds(), sample));
        }
      }
      if (product.isAsync()) {
        load.async("warm", Kind.MIXED, IN_FLIGHT, plan.warmSeconds());
        for (Kind kind : new Kind[] {Kind.GET, Kind.PUT}) {
          String name = measurement(kind, IN_FLIGHT + "-in-flight");
          told.accept(load.async(name, kind, IN_FLIGHT, plan.seconds()));
        }
      }
    }
  },

  /** Two members, one synchronous backup; the calls are made in the first. */
  CLUSTER {
    @Override
    void run(Product product, Plan plan, Consumer<Figure> told) throws Exception {
      product.open(Role.MEMBER, 0);
      try (Server second = Server.member(product, 1)) {
        second.awaitSafe(2);
        awaitSafe(product);
        Load load = new Load(product, plan.entries(), plan.valueBytes());
        load.fill(IN_FLIGHT);
        load.sync("warm", Kind.MIXED, 4, plan.warmSeconds(), 1);
        for (int threads : new int[] {1, 16}) {
          for (Kind kind : new Kind[] {Kind.PUT, Kind.GET}) {
            String name = measurement(kind, threads + "-threads");
            told.accept(load.sync(name, kind, threads, plan.seconds(), 1));
          }
        }
        load.async("warm", Kind.MIXED, IN_FLIGHT, plan.warmSeconds());
        for (Kind kind : new Kind[] {Kind.PUT, Kind.GET}) {
          String name = measurement(kind, IN_FLIGHT + "-in-flight");
          told.accept(load.async(name, kind, IN_FLIGHT, plan.seconds()));
        }
      }
    }
  },

  /** A client of one server in another process. */
  CLIENT {
    @Override
    void run(Product product, Plan plan, Consumer<Figure> told) throws Exception {
      try (Server server = product.server()) {
        server.check();
        product.open(Role.CLIENT, 0);
        Load load = new Load(product, plan.entries(), plan.valueBytes());
        load.fill(CLIENT_IN_FLIGHT);
        load.sync("warm", Kind.MIXED, 4, plan.warmSeconds(), 1);
        for (int threads : new int[] {1, 50}) {
          for (Kind kind : new Kind[] {Kind.GET, Kind.PUT}) {
            String name = measurement(kind, threads + "-threads");
            told.accept(load.sync(name, kind, threads, plan.seconds(), 1));
          }
        }
        load.async("warm", Kind.MIXED, CLIENT_IN_FLIGHT, plan.warmSeconds());
        for (Kind kind : new Kind[] {Kind.GET, Kind.PUT}) {
          String name = measurement(kind, CLIENT_IN_FLIGHT + "-in-flight");
          told.accept(load.async(name, kind, CLIENT_IN_FLIGHT, plan.seconds()));
        }
      }
    }
  };

  private static final int IN_FLIGHT = 128;
  private static final int CLIENT_IN_FLIGHT = 256;
  private static final int SAMPLE_EVERY = 16;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /**
   * How much of it.
   *
   * @param warmSeconds before the measurements of callers that wait, and again before those of
   *     calls in flight
   * @param seconds each measurement takes
   */
  record Plan(int entries, int valueBytes, int warmSeconds, int seconds) {}

  /** Measures the product, which is not open yet, and tells each figure. */
  abstract void run(Product product, Plan plan, Consumer<Figure> told) throws Exception;

  private static String measurement(Kind kind, String how) {
    return (kind == Kind.GET ? "get-" : "put-") + how;
  }

  private static void awaitSafe(Product product) {
    State wanted = new State(2, true);
    while (!product.state().equals(wanted)) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
