package io.shardgrid.node.demo.elastic;

import io.shardgrid.client.GridClient;
import io.shardgrid.node.child.Interruption;
import io.shardgrid.node.cli.CommandException;
import io.shardgrid.node.cli.ExitCode;
import io.shardgrid.node.cli.NodeAddresses;
import io.shardgrid.node.cli.Remote;
import io.shardgrid.node.cli.Screen;
import io.shardgrid.node.demo.report.DayFacts;
import io.shardgrid.node.demo.report.DayPage;
import io.shardgrid.node.demo.report.DayText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * The demonstration of a grid that scales itself: starts three nodes, puts a day of load on them,
 * writes a report, and ends all nodes, those too that the grid has started.
 *
 * <p>Confined to one thread, which it blocks; for one use.
 */
public final class ElasticDemo {

  private static final String PAGE = "elastic-report.html";
  private static final String TEXT = "elastic-report.txt";

  private final DayPlan plan;
  private final Path reports;
  private final Screen screen;

  /**
   * Prepares it.
   *
   * @param day how long a day is
   * @param reports directory for the report
   */
  public ElasticDemo(Duration day, Path reports, Screen screen) {
    this.plan = new DayPlan(day);
    this.reports = reports;
    this.screen = screen;
  }

  /** Does all of it. Ends well only if the grid did, and lost nothing. */
  public ExitCode run() {
    ElasticNodes nodes = ElasticNodes.prepare(plan);
    Interruption interruption = Interruption.watch(nodes::vanish);
    boolean isGood = false;
    try {
      isGood = run(nodes);
    } finally {
      nodes.kill();
      interruption.forget(!isGood);
      if (isGood) {
        nodes.removeFiles();
      } else {
        screen.line("The logs of the nodes are in " + nodes.logs());
      }
    }
    return isGood ? ExitCode.OK : ExitCode.FAILED;
  }

  private boolean run(ElasticNodes nodes) {
    screen.heading("Starting three nodes on this machine, which may become five by themselves");
    List<NodeAddresses> first = nodes.start();
    for (NodeAddresses node : first) {
      screen.line("  node %s   resp %s   http %s".formatted(node.name(), node.resp(), node.http()));
    }
    screen.line();
    screen.heading("Loading the world's towns (data: GeoNames, geonames.org, CC BY 4.0)");
    ElasticDay.Past past;
    try (GridClient client = Remote.connect(first)) {
      past = new ElasticDay(plan, nodes, client, screen).run(client);
    }
    screen.line();
    screen.heading("Stopping");
    List<String> wrong = nodes.stop();
    screen.check(
        wrong.isEmpty(), wrong.isEmpty() ? "all nodes have ended" : String.join(", ", wrong));
    DayFacts facts = facts(past, wrong);
    write(PAGE, DayPage.of(facts, ZoneId.systemDefault()));
    write(TEXT, String.join("\n", DayText.lines(facts)) + "\n");
    screen.line();
    DayText.lines(facts).forEach(screen::line);
    screen.line();
    screen.line("The report: " + reports.resolve(PAGE) + " and " + reports.resolve(TEXT));
    return facts.isGood();
  }

  private DayFacts facts(ElasticDay.Past past, List<String> wrong) {
    DayFacts.Setup setup =
        new DayFacts.Setup(
            DayPlan.NODES_MIN,
            DayPlan.NODES_MAX,
            DayPlan.TARGET_EACH,
            DayPlan.NIGHT,
            DayPlan.PEAK,
            plan.day(),
            machine(),
            plan.shown());
    List<String> flaws =
        new ArrayList<>(
            DayJudgement.flaws(setup, DayFacts.path(past.seconds()), past.totals(), past.audit()));
    flaws.addAll(wrong);
    return new DayFacts(
        setup, past.began(), past.seconds(), past.changes(), past.totals(), past.audit(), flaws);
  }

  private static String machine() {
    return "%d processors, %s, Java %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            Runtime.version().feature());
  }

  private void write(String name, String text) {
    try {
      Files.writeString(reports.resolve(name), text);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, "The report cannot be written: " + reports.resolve(name), e);
    }
  }
}
