package io.shardgrid.node.gateway;

import io.shardgrid.client.mirror.MirrorMode;
import io.shardgrid.client.mirror.MirrorReport;
import io.shardgrid.client.mirror.MirroredClient;
import io.shardgrid.node.admin.ServicePages;
import io.shardgrid.node.admin.ServicePages.Asked;
import io.shardgrid.node.admin.ServicePages.Content;
import io.shardgrid.node.admin.ServicePages.Page;
import io.shardgrid.node.telemetry.Exposition;
import io.shardgrid.node.telemetry.FigureMeters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the gateway says over HTTP. Thread-safe. */
final class GatewayPages {

  private static final int BAD_REQUEST = 400;
  private static final int CONFLICT = 409;
  private static final int PARALLEL_MAX = 64;
  private static final double WHOLE = 100;

  /** The body of the page about the verdict. */
  record VerdictBody(String decision, List<String> reasons) {}

  /** The body of pages that say whether something is so. */
  record Live(boolean live) {}

  /** The body of the page about readiness. */
  record Ready(boolean ready, boolean canaryConnected) {}

  /** The body of the index. */
  record Index(String name, Map<String, String> pages) {}

  /** What is done with dyed operations. */
  record ModeBody(String mode, double percent) {}

  private final MirroredClient mirror;
  private final WarmUpDesk warmUp;
  private final Supplier<MirrorReport> report;
  private final FigureMeters meters;
  private final Executor background;

  /**
   * The pages of a mirror.
   *
   * @param background makes what takes some milliseconds
   */
  GatewayPages(
      MirroredClient mirror,
      WarmUpDesk warmUp,
      Supplier<MirrorReport> report,
      FigureMeters meters,
      Executor background) {
    this.mirror = mirror;
    this.warmUp = warmUp;
    this.report = report;
    this.meters = meters;
    this.background = background;
  }

  ServicePages all() {
    Map<String, Page> pages = new LinkedHashMap<>();
    pages.put("/health/live", read("200 while the process runs", asked -> new Live(true)));
    pages.put(
        "/health/ready",
        read(
            "200 when the gateway serves; whether the canary is connected",
            asked -> new Ready(true, mirror.report().traffic().isConnected())));
    putVerdict(pages);
    pages.put(
        "/metrics",
        new Page("meters as text, for Prometheus", false, asked -> later(() -> metrics(asked))));
    pages.put(
        "/mode",
        new Page(
            "POST ?mode=off|shadow|canary&percent=0..100: what is done with dyed operations, until"
                + " the gateway ends",
            true,
            this::mode));
    pages.put(
        "/warm-up",
        new Page(
            "POST ?parallel=N&bytes-per-second=N: fills the canary from production",
            true,
            this::beginWarmUp));
    pages.put("/warm-up/progress", read("how far that is", asked -> warmUp.progress()));
    Map<String, String> summaries = new LinkedHashMap<>();
    pages.forEach((path, page) -> summaries.put(path, page.summary()));
    pages.put("/", read("this index", asked -> new Index("Shardgrid gateway", summaries)));
    return new ServicePages(pages);
  }

  private void putVerdict(Map<String, Page> pages) {
    pages.put(
        "/verdict", read("what to do with the canary, and why", asked -> verdict(mirror.report())));
    pages.put(
        "/verdict.html",
        new Page(
            "the same for a browser",
            false,
            asked -> later(() -> Content.text(VerdictPage.TYPE, VerdictPage.of(report.get())))));
    pages.put(
        "/verdict.css",
        new Page(
            "how that looks",
            false,
            asked -> later(() -> Content.text(VerdictPage.STYLE_TYPE, VerdictPage.STYLE))));
    pages.put(
        "/report",
        read("all that is known of the canary, mismatches included", asked -> mirror.report()));
    pages.put(
        "/report.txt",
        new Page(
            "the same as text",
            false,
            asked -> later(() -> Content.text(ServicePages.TEXT, ReportText.of(mirror.report())))));
  }

  private static VerdictBody verdict(MirrorReport of) {
    return new VerdictBody(of.verdict().decision().name(), of.verdict().reasons());
  }

  private Page read(String summary, Function<Asked, Object> body) {
    return new Page(summary, false, asked -> later(() -> Content.of(body.apply(asked))));
  }

  private CompletionStage<Content> later(Supplier<Content> content) {
    return CompletableFuture.supplyAsync(content, background);
  }

  private Content metrics(Asked asked) {
    MirrorReport ignored = report.get();
    Exposition exposition = meters.scrape(asked.accepted());
    return Content.text(exposition.contentType(), exposition.text());
  }

  private CompletionStage<Content> mode(Asked asked) {
    try {
      String mode = asked.parameters().get("mode");
      MirrorMode wanted =
          mode == null ? mirror.mode() : MirrorMode.valueOf(mode.toUpperCase(Locale.ROOT));
      String share = asked.parameters().get("percent");
      double percent = share == null ? mirror.dye().percent() : Double.parseDouble(share);
      if (!(percent >= 0 && percent <= WHOLE)) {
        throw new IllegalArgumentException("percent");
      }
      mirror.dye(mirror.dye().withPercent(percent));
      mirror.mode(wanted);
      return CompletableFuture.completedStage(
          Content.of(new ModeBody(wanted.name().toLowerCase(Locale.ROOT), percent)));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.completedStage(
          Content.problem(
              BAD_REQUEST, "Wanted is mode=off, shadow or canary, and percent=0 to 100"));
    }
  }

  private CompletionStage<Content> beginWarmUp(Asked asked) {
    int parallel;
    long bytesPerSecond;
    try {
      parallel = Integer.parseInt(asked.parameters().getOrDefault("parallel", "1"));
      bytesPerSecond = Long.parseLong(asked.parameters().getOrDefault("bytes-per-second", "0"));
    } catch (NumberFormatException e) {
      parallel = 0;
      bytesPerSecond = 0;
    }
    if (parallel < 1 || parallel > PARALLEL_MAX || bytesPerSecond < 0) {
      return CompletableFuture.completedStage(
          Content.problem(
              BAD_REQUEST,
              "Wanted is parallel=1 to 64, and bytes-per-second=0 (no bound) or more"));
    }
    String refusal = warmUp.begin(parallel, bytesPerSecond);
    return CompletableFuture.completedStage(
        refusal == null ? Content.of(warmUp.progress()) : Content.problem(CONFLICT, refusal));
  }
}
