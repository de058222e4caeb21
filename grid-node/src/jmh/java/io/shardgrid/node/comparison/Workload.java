package io.shardgrid.node.comparison;

import io.shardgrid.node.comparison.Load.Kind;
import io.shardgrid.node.comparison.Product.Role;
import java.util.function.Consumer;

/** What is measured of a product, in one process. */
enum Workload {
  /** One node in the calling process. Callers are timed one call in 16. */
  EMBEDDED(4, 128, 16) {
    @Override
    void run(String name, Plan plan, Consumer<Figure> told) throws Exception {
      try (Product product = Products.create(name)) {
        product.open(Role.EMBEDDED, 0);
        measure(product, plan, told);
      }
    }
  },

  /** Two members, one synchronous backup; the calls are made in the first. */
  CLUSTER(16, 128, 1) {
    @Override
    void run(String name, Plan plan, Consumer<Figure> told) throws Exception {
      try (Product product = Products.create(name)) {
        product.open(Role.MEMBER, 0);
        try (Server second = Server.member(name, 1, 2)) {
          second.awaitSafe();
          Server.awaitSafe(product, 2);
          measure(product, plan, told);
        }
      }
    }
  },

  /** A client of one server in another process. */
  CLIENT(50, 256, 1) {
    @Override
    void run(String name, Plan plan, Consumer<Figure> told) throws Exception {
      try (Product product = Products.create(name);
          Server server = product.server()) {
        server.check();
        product.open(Role.CLIENT, 0);
        measure(product, plan, told);
      }
    }
  };

  private final int threads;
  private final int inFlight;
  private final int sampleEvery;

  /**
   * How much of it.
   *
   * @param warmSeconds before the measurements of callers that wait, and again before those of
   *     calls in flight
   * @param seconds each measurement takes
   */
  record Plan(int entries, int valueBytes, int warmSeconds, int seconds) {}

  Workload(int threads, int inFlight, int sampleEvery) {
    this.threads = threads;
    this.inFlight = inFlight;
    this.sampleEvery = sampleEvery;
  }

  /** Measures a product and tells each figure. */
  abstract void run(String name, Plan plan, Consumer<Figure> told) throws Exception;

  /** Fills it, and asks it with one thread, with several, and with calls in flight. */
  void measure(Product product, Plan plan, Consumer<Figure> told) throws InterruptedException {
    Load load = new Load(product, plan.entries(), plan.valueBytes());
    load.fill(inFlight);
    load.sync("warm", Kind.MIXED, Math.min(threads, 4), plan.warmSeconds(), sampleEvery);
    for (int callers : new int[] {1, threads}) {
      for (Kind kind : new Kind[] {Kind.GET, Kind.PUT}) {
        String what = kind.label() + "-" + callers + "-threads";
        told.accept(load.sync(what, kind, callers, plan.seconds(), sampleEvery));
      }
    }
    if (product.isAsync()) {
      load.async("warm", Kind.MIXED, inFlight, plan.warmSeconds());
      for (Kind kind : new Kind[] {Kind.GET, Kind.PUT}) {
        String what = kind.label() + "-" + inFlight + "-in-flight";
        told.accept(load.async(what, kind, inFlight, plan.seconds()));
      }
    }
  }
}
