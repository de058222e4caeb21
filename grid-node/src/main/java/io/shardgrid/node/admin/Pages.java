package io.shardgrid.node.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.shardgrid.failure.GridConfigException;
import io.shardgrid.failure.GridUnavailableException;
import io.shardgrid.key.ClusterReport;
import io.shardgrid.key.Readiness;
import io.shardgrid.node.access.GridAccess;
import io.shardgrid.node.access.ServerFigure;
import io.shardgrid.node.drill.DrillDesk;
import io.shardgrid.node.telemetry.Telemetry;
import io.shardgrid.trace.Tracing;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What there is to ask for, by path. Thread-safe. */
final class Pages implements PageSource {

  private static final String NOT_JOINED = "The node has not joined its cluster yet";

  private static final Readiness STARTING =
      new Readiness(List.of("the node has not joined its cluster yet"));

  /** One page: what it is for, and its content. */
  private record Page(String summary, Function<Parameters, CompletionStage<Reply>> content) {
    Page(String summary, Supplier<CompletionStage<Reply>> content) {
      this(summary, parameters -> content.get());
    }
  }

  /** The body of the page about life. */
  record Live(boolean live) {}

  /** The body of the page about readiness. */
  record Ready(boolean ready, List<String> reasons) {}

  /** The body of the index. */
  record Index(String name, Map<String, String> pages) {}

  private final Duration reportTimeout;
  private final Map<String, Page> pages = new TreeMap<>();
  private final Map<String, Page> actions = new TreeMap<>();
  private final ConsoleFiles files = new ConsoleFiles();
  private final EventFeed events;
  private final DrillDesk drills;
  private final Map<String, Reply> parts = new TreeMap<>();
  private volatile @Nullable GridAccess grid;
  private volatile @Nullable Telemetry telemetry;

  /**
   * Pages that answer from {@link #serve} on.
   *
   * @param clock tells how old things are
   */
  Pages(Duration reportTimeout, ConsoleSettings console, Clock clock) {
    this.reportTimeout = reportTimeout;
    this.drills = new DrillDesk(console.drills(), clock);
    ConsoleSource source = new ConsoleSource(clock, drills.isEnabled());
    this.events = new EventFeed(console, () -> looked(source));
    pages.put("/", new Page("the console in a browser, else this index", this::root));
    pages.put("/events", new Page("what the console shows, again and again", this::events));
    files.parts().forEach((path, file) -> parts.put(path, Reply.ok(file)));
    pages.put("/health/live", new Page("200 while the process runs", this::live));
    pages.put("/health/ready", new Page("200 when the node serves, else 503", this::ready));
    pages.put("/cluster", new Page("members, shards, entries and bytes", this::cluster));
    pages.put(
        "/links",
        made(
            new Recipe(
                "frames, messages and bytes from this node to its peers",
                Set.of(),
                (joined, parameters) -> now(Reply.ok(joined.links())))));
    pages.put(
        "/metrics",
        made(
            new Recipe(
                "meters as text, for Prometheus; OpenMetrics if the header Accept names it",
                Set.of(),
                (joined, parameters) -> metrics(parameters))));
    actions.put(
        "/shards/accept-loss",
        new Page("POST: lets the shards that are lost begin anew", this::acceptLoss));
    DrillPages drillPages = new DrillPages(drills, console);
    drillPages.reads().forEach((path, recipe) -> pages.put(path, made(recipe)));
    drillPages.actions().forEach((path, recipe) -> actions.put(path, made(recipe)));
    new HealthPages(clock).reads().forEach((path, recipe) -> pages.put(path, made(recipe)));
    EntryPages.reads().forEach((path, recipe) -> pages.put(path, made(recipe)));
    EntryPages.actions().forEach((path, recipe) -> actions.put(path, made(recipe)));
    new AutoscalePages(clock).reads().forEach((path, recipe) -> pages.put(path, made(recipe)));
    ContentPages.reads().forEach((path, recipe) -> pages.put(path, made(recipe)));
    RulePages.reads().forEach((path, recipe) -> pages.put(path, made(recipe)));
    RulePages.actions().forEach((path, recipe) -> actions.put(path, made(recipe)));
    StorePages.reads().forEach((path, recipe) -> pages.put(path, made(recipe)));
    StorePages.actions().forEach((path, recipe) -> actions.put(path, made(recipe)));
    SteeringPages.reads().forEach((path, recipe) -> pages.put(path, made(recipe)));
    SteeringPages.actions().forEach((path, recipe) -> actions.put(path, made(recipe)));
  }

  private Page made(Recipe recipe) {
    return new Page(recipe.summary(), parameters -> contentOf(recipe, parameters));
  }

  private CompletionStage<Reply> contentOf(Recipe recipe, Parameters parameters) {
    GridAccess joined = grid;
    if (joined == null) {
      return now(
          Reply.problem(
              HttpResponseStatus.SERVICE_UNAVAILABLE, "The node has not joined its cluster yet"));
    }
    try {
      parameters.requireOnly(recipe.parameters());
      return recipe.content().apply(joined, parameters);
    } catch (Parameters.Wrong | GridConfigException | IllegalArgumentException e) {
      return now(Reply.problem(HttpResponseStatus.BAD_REQUEST, String.valueOf(e.getMessage())));
    }
  }

  void serve(GridAccess joined) {
    serve(joined, List.of());
  }

  /** Answers from the grid from now on; {@code servers} are meters of the node's servers. */
  void serve(GridAccess joined, List<ServerFigure> servers) {
    telemetry = new Telemetry(joined, servers, System::nanoTime, ForkJoinPool.commonPool());
    grid = joined;
  }

  /** Stops a drill that runs. */
  @Override
  public void close() {
    drills.close();
  }

  /** What decides whether a request is followed; null while nothing is. */
  @Override
  public @Nullable Tracing tracing() {
    GridAccess joined = grid;
    return joined == null ? null : joined.router().traces().tracing();
  }

  /** The pages that can be read. */
  Set<String> readable() {
    return Set.copyOf(pages.keySet());
  }

  /** What settings may open to anybody. */
  Set<String> openable() {
    return PageRights.openable(readable());
  }

  /** What changes something. */
  Set<String> actions() {
    return Set.copyOf(actions.keySet());
  }

  /** Whether it is a file of the console. */
  @Override
  public boolean isPart(String path) {
    return parts.containsKey(path);
  }

  @Override
  public boolean has(String path) {
    return pages.containsKey(path) || parts.containsKey(path);
  }

  /** Whether this changes something, by POST. */
  @Override
  public boolean isAction(String path) {
    return actions.containsKey(path);
  }

  /** The content of a page; the stage ends with a reply in every case. */
  @Override
  public CompletionStage<Reply> content(String path, Parameters parameters) {
    Reply part = parts.get(path);
    if (part != null) {
      return now(part);
    }
    Page page = isAction(path) ? actions.get(path) : pages.get(path);
    return page == null
        ? now(
            Reply.problem(
                HttpResponseStatus.NOT_FOUND,
                "There is no such page: pages=" + String.join(" ", pages.keySet())))
        : page.content.apply(parameters);
  }

  private CompletionStage<Reply> root(Parameters parameters) {
    boolean isBrowser = parameters.accepted().contains("text/html");
    return now(Reply.ok(isBrowser ? files.page() : index()));
  }

  private CompletionStage<Reply> events() {
    return now(events.orFull());
  }

  private CompletionStage<byte[]> looked(ConsoleSource source) {
    GridAccess joined = grid;
    return joined == null
        ? CompletableFuture.failedStage(new GridUnavailableException(NOT_JOINED))
        : source.next(joined);
  }

  private Index index() {
    Map<String, String> summaries = new TreeMap<>();
    pages.forEach((path, page) -> summaries.put(path, page.summary));
    actions.forEach((path, action) -> summaries.put(path, action.summary));
    return new Index("Shardgrid", summaries);
  }

  private CompletionStage<Reply> live() {
    return now(Reply.ok(new Live(true)));
  }

  private CompletionStage<Reply> ready() {
    GridAccess joined = grid;
    Readiness readiness = joined == null ? STARTING : joined.readiness();
    HttpResponseStatus status =
        readiness.isReady() ? HttpResponseStatus.OK : HttpResponseStatus.SERVICE_UNAVAILABLE;
    return now(new Reply(status, new Ready(readiness.isReady(), readiness.reasons())));
  }

  private CompletionStage<Reply> metrics(Parameters parameters) {
    Telemetry known = Objects.requireNonNull(telemetry, "set before the grid");
    return known
        .scrape(parameters.accepted())
        .thenApply(all -> Reply.ok(new Reply.Text(all.contentType(), all.text())));
  }

  private CompletionStage<Reply> acceptLoss() {
    GridAccess joined = grid;
    if (joined == null) {
      return now(
          Reply.problem(
              HttpResponseStatus.SERVICE_UNAVAILABLE, "The node has not joined its cluster yet"));
    }
    return joined
        .acceptLoss()
        .handle(
            (accepted, failure) ->
                accepted != null
                    ? Reply.ok(LossJson.of(joined, accepted))
                    : Reply.problem(
                        HttpResponseStatus.SERVICE_UNAVAILABLE,
                        "Nothing begins anew: "
                            + (failure == null ? "unknown" : failure.getMessage())));
  }

  private CompletionStage<Reply> cluster() {
    GridAccess joined = grid;
    if (joined == null) {
      return now(
          Reply.problem(
              HttpResponseStatus.SERVICE_UNAVAILABLE, "The node has not joined its cluster yet"));
    }
    CompletableFuture<ClusterReport> report = new CompletableFuture<>();
    joined
        .report()
        .whenComplete(
            (found, failure) -> {
              if (found != null) {
                report.complete(found);
              } else {
                report.completeExceptionally(failure);
              }
            });
    return report
        .orTimeout(reportTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .handle((found, failure) -> clusterReply(joined, found, failure));
  }

  private Reply clusterReply(
      GridAccess joined, @Nullable ClusterReport report, @Nullable Throwable failure) {
    if (report != null) {
      return Reply.ok(ClusterJson.of(joined, report));
    }
    if (failure instanceof TimeoutException) {
      return Reply.problem(
          HttpResponseStatus.GATEWAY_TIMEOUT,
          "The members did not report in time: grid.node.http.report-timeout="
              + reportTimeout.toMillis()
              + " ms");
    }
    String reason = failure == null ? "unknown" : String.valueOf(failure.getMessage());
    return Reply.problem(
        HttpResponseStatus.SERVICE_UNAVAILABLE, "The members could not be asked: " + reason);
  }

  private static CompletionStage<Reply> now(Reply reply) {
    return CompletableFuture.completedStage(reply);
  }
}
