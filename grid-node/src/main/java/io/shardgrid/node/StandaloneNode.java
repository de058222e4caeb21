package io.shardgrid.node;

import io.shardgrid.Grid;
import io.shardgrid.GridSettings;
import io.shardgrid.autoscale.Actuator;
import io.shardgrid.autoscale.NodeProcess;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.key.CertificateReport;
import io.shardgrid.key.MemberView;
import io.shardgrid.loader.StoreBinding;
import io.shardgrid.net.EventLoops;
import io.shardgrid.node.access.ServerFigure;
import io.shardgrid.node.admin.AdminServer;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.NodeAddresses;
import io.shardgrid.node.cli.Verdict;
import io.shardgrid.node.provision.Actuators;
import io.shardgrid.node.resp.RespServer;
import io.shardgrid.node.store.StoreFigures;
import io.shardgrid.node.store.TableSettings;
import io.shardgrid.node.telemetry.TraceExport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A node with its servers, and the order in which they start and stop: the servers listen first, so
 * that the node can announce their ports, and answer once it is a member; they stop first, too.
 *
 * <p>Thread-safe. {@link #start} and {@link #close} block.
 */
final class StandaloneNode implements AutoCloseable {

  private final NodeSettings settings;
  private final EventLoops loops;
  private final Guards guards;
  private final RespServer resp;
  private final AdminServer admin;
  private final Actuator actuator;
  private final Grid grid;
  private final @Nullable TraceExport traces;
  private boolean isClosed;

  private StandaloneNode(
      NodeSettings settings,
      EventLoops loops,
      Guards guards,
      RespServer resp,
      AdminServer admin,
      Actuator actuator,
      Grid grid,
      @Nullable TraceExport traces) {
    this.settings = settings;
    this.loops = loops;
    this.guards = guards;
    this.resp = resp;
    this.admin = admin;
    this.actuator = actuator;
    this.grid = grid;
    this.traces = traces;
  }

  /**
   * Starts a node. Returns when it is a member of its cluster and its servers answer.
   *
   * @throws CommandException when a port cannot be listened on or no cluster be joined
   */
  static StandaloneNode start(NodeSettings settings) {
    Guards guards = Guards.open(settings);
    try {
      return start(settings, guards);
    } catch (RuntimeException e) {
      guards.close();
      throw e;
    }
  }

  private static StandaloneNode start(NodeSettings settings, Guards guards) {
    EventLoops loops = EventLoops.start(settings.grid().engine().member().netThreads());
    try {
      Actuator actuator = Actuators.from(settings.provision(), settings.provisionContext());
      try {
        return start(settings, loops, guards, actuator);
      } catch (RuntimeException e) {
        actuator.close();
        throw e;
      }
    } catch (RuntimeException e) {
      loops.close();
      throw e;
    }
  }

  private static StandaloneNode start(
      NodeSettings settings, EventLoops loops, Guards guards, Actuator actuator) {
    String host = settings.grid().engine().member().listenHost();
    RespServer resp =
        bound(
            () ->
                RespServer.bind(
                    host, settings.resp().port(), settings.resp(), loops, guards.resp()));
    try {
      AdminServer admin =
          bound(
              () ->
                  AdminServer.bind(host, settings.admin().port(), settings.admin(), guards.http()));
      try {
        Grid grid =
            joined(
                settings.grid().withRemotePorts(resp.port(), admin.port()),
                loops,
                new NodeProcess(actuator, StandaloneNode::end),
                settings.tables());
        Protection protection = new Protection(settings, guards);
        var served =
            new GridOfNode(
                grid,
                certificates -> protection.facts(certificates, Instant.now()),
                StandaloneNode::exit,
                guards.tls()::certificates);
        TraceExport traces = traces(settings, grid);
        List<ServerFigure> figures = new ArrayList<>(resp.figures());
        figures.addAll(StoreFigures.of(grid.stores()));
        figures.addAll(traces == null ? List.of() : traces.figures());
        resp.serve(served);
        admin.serve(served, figures);
        return new StandaloneNode(settings, loops, guards, resp, admin, actuator, grid, traces);
      } catch (RuntimeException e) {
        admin.close();
        throw e;
      }
    } catch (RuntimeException e) {
      resp.close();
      throw e;
    }
  }

  /** The shutdown hook leaves the cluster and ends the process. */
  private static void exit() {
    System.exit(ExitCode.OK.number());
  }

  /** The same for an actor, which must not wait for it. */
  private static void end() {
    Thread thread = new Thread(StandaloneNode::exit, "grid-end");
    thread.setDaemon(true);
    thread.start();
  }

  private static @Nullable TraceExport traces(NodeSettings settings, Grid grid) {
    String name = settings.grid().engine().member().name();
    return settings
        .trace()
        .endpoint()
        .map(
            endpoint ->
                TraceExport.begin(
                    settings.trace(),
                    endpoint,
                    settings.grid().engine().member().cluster(),
                    name.isEmpty() ? grid.self().address() : name,
                    grid.traces()))
        .orElse(null);
  }

  private static <T> T bound(Supplier<T> server) {
    try {
      return server.get();
    } catch (GridConfigException e) {
      throw new CommandException(ExitCode.CANNOT_BIND, String.valueOf(e.getMessage()), e);
    }
  }

  private static Grid joined(
      GridSettings settings, EventLoops loops, NodeProcess process, TableSettings tables) {
    List<StoreBinding<?, ?>> stores = tables.open();
    try {
      return Grid.start(settings, loops, process, stores);
    } catch (GridConfigException e) {
      throw isAboutListening(e)
          ? new CommandException(ExitCode.CANNOT_BIND, Verdict.of(e).line(), e)
          : e;
    } catch (GridUnavailableException e) {
      throw new CommandException(ExitCode.NO_CLUSTER, Verdict.of(e).line(), e);
    }
  }

  /** The settings have been read by now: what fails with I/O is to listen. */
  private static boolean isAboutListening(GridConfigException failure) {
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }

  /** Completes when the node has been ready for the first time. */
  CompletionStage<Void> ready() {
    return grid.ready();
  }

  /** Completes when the node has stopped: with an exception if nobody asked it to. */
  CompletionStage<Void> terminated() {
    return grid.terminated();
  }

  /** Where it listens. */
  NodeAddresses addresses() {
    MemberView self = self();
    String host = self.id().host();
    return new NodeAddresses(
        self.name(),
        host + ":" + resp.port(),
        host + ":" + admin.port(),
        host + ":" + self.peerPort(),
        self.id().address());
  }

  /** How its certificates are; none where nothing speaks TLS. */
  List<CertificateReport> certificates() {
    return Stream.concat(grid.certificates().stream(), guards.tls().certificates().stream())
        .toList();
  }

  /** What keeps it from serving, for people; empty if nothing does. */
  String missing() {
    return String.join("; ", grid.readiness().reasons());
  }

  /** How many members the cluster has. */
  int members() {
    return grid.members().size();
  }

  /** This node as a member: known a moment after the node is one. */
  private MemberView self() {
    CompletableFuture<MemberView> self = new CompletableFuture<>();
    Runnable look =
        () ->
            grid.members().stream()
                .filter(member -> member.id().equals(grid.self()))
                .findFirst()
                .ifPresent(self::complete);
    grid.onTopology(look);
    look.run();
    Duration timeout = settings.grid().engine().member().joinTimeout();
    return self.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  /**
   * Hands its shards over if it is set to, and serves on meanwhile.
   *
   * @return false if something is left although there is a member to take it
   */
  boolean drain() {
    return !settings.drains() || grid.drain();
  }

  /** Stops serving, leaves the cluster as set, and stops. Closing again does nothing. */
  @Override
  public synchronized void close() {
    if (isClosed) {
      return;
    }
    isClosed = true;
    resp.close();
    admin.close();
    if (settings.drains()) {
      grid.close();
    } else {
      grid.closeNow();
    }
    if (traces != null) {
      traces.close();
    }
    actuator.close();
    guards.close();
    loops.close();
  }
}
