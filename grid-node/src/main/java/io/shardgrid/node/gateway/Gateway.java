package io.shardgrid.node.gateway;

import io.shardgrid.client.ClientSettings;
import io.shardgrid.client.GridClient;
import io.shardgrid.client.mirror.CanaryLink;
import io.shardgrid.client.mirror.MirrorCluster;
import io.shardgrid.client.mirror.MirrorReport;
import io.shardgrid.client.mirror.MirrorSettings;
import io.shardgrid.client.mirror.MirroredClient;
import io.shardgrid.net.EventLoops;
import io.shardgrid.node.access.ServerFigure;
import io.shardgrid.node.admin.AdminServer;
import io.shardgrid.node.admin.AdminSettings;
import io.shardgrid.node.resp.RespServer;
import io.shardgrid.node.resp.RespSettings;
import io.shardgrid.node.security.Entrance;
import io.shardgrid.node.telemetry.FigureMeters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The gateway: Redis clients in front, production and a canary behind it. It keeps nothing that
 * another one would need: any number of them may stand beside each other.
 *
 * <p>Thread-safe. {@link #start} and {@link #close} block.
 */
public final class Gateway implements AutoCloseable {

  private static final long FRESH_NANOS = 1_000_000_000;

  private final Plan plan;
  private final GridClient production;
  private final CanaryLink canary;
  private final MirroredClient mirror;
  private final WarmUpDesk warmUp;
  private final ExecutorService background;
  private final EventLoops loops;
  private @Nullable RespServer resp;
  private @Nullable AdminServer admin;
  private @Nullable MirrorReport last;
  private long lastNanos;

  /**
   * What a gateway is made of.
   *
   * @param host to listen on
   * @param threads event loops of its clients
   * @param respEntrance who may use the RESP port
   * @param httpEntrance who may use the HTTP port
   */
  public record Plan(
      String host,
      int threads,
      RespSettings resp,
      AdminSettings admin,
      Entrance respEntrance,
      Entrance httpEntrance,
      ClientSettings production,
      ClientSettings canary,
      MirrorSettings mirror) {}

  private Gateway(Plan plan, GridClient production) {
    this.plan = plan;
    this.production = production;
    this.canary = new CanaryLink(plan.canary);
    this.mirror =
        MirroredClient.over(
            MirrorCluster.of(production), canary, plan.production.route(), plan.mirror);
    this.warmUp = new WarmUpDesk(production, canary, mirror);
    this.loops = EventLoops.start(plan.threads);
    this.background =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "grid-gateway-report");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Connects to production, and in the background to the canary, and listens.
   *
   * @throws io.shardgrid.failure.GridException if production cannot be connected
   * @throws io.shardgrid.failure.GridConfigException if a port cannot be listened on
   */
  public static Gateway start(Plan plan) {
    Gateway gateway = new Gateway(plan, GridClient.connect(plan.production));
    try {
      gateway.listen();
      return gateway;
    } catch (RuntimeException e) {
      gateway.close();
      throw e;
    }
  }

  private void listen() {
    RespServer commands =
        RespServer.bind(plan.host, plan.resp.port(), plan.resp, loops, plan.respEntrance);
    resp = commands;
    Supplier<MirrorReport> fresh = this::report;
    List<ServerFigure> figures = new ArrayList<>(commands.figures());
    figures.addAll(GatewayFigures.of(fresh));
    GatewayPages pages =
        new GatewayPages(mirror, warmUp, fresh, new FigureMeters(figures), background);
    AdminServer http =
        AdminServer.bind(plan.host, plan.admin.port(), plan.admin, plan.httpEntrance, pages.all());
    admin = http;
    commands.serve(
        new GatewayGrid(
            mirror, production.topology().charter(), plan.host, commands.port(), http.port()));
  }

  /** A report that is at most a second old: a scrape asks for it many times. */
  private synchronized MirrorReport report() {
    long now = System.nanoTime();
    MirrorReport known = last;
    if (known == null || now - lastNanos > FRESH_NANOS) {
      known = mirror.report();
      last = known;
      lastNanos = now;
    }
    return known;
  }

  /** The port of the RESP server. */
  public int respPort() {
    return resp == null ? 0 : resp.port();
  }

  /** The port of the HTTP server. */
  public int httpPort() {
    return admin == null ? 0 : admin.port();
  }

  /** What it mirrors with. */
  public MirroredClient mirror() {
    return mirror;
  }

  /** Stops listening, ends what is under way, and closes both clients. */
  @Override
  public void close() {
    if (resp != null) {
      resp.close();
    }
    if (admin != null) {
      admin.close();
    }
    warmUp.close();
    mirror.close();
    canary.close();
    production.close();
    loops.close();
    background.shutdownNow();
  }
}
