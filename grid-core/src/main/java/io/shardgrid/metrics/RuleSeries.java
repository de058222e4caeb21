package io.shardgrid.metrics;

import io.micrometer.core.instrument.Tags;
import io.shardgrid.meter.NodeMeters;
import io.shardgrid.meter.RuleFigures;
import io.shardgrid.metrics.Enrolment.Family;
import java.util.function.ToLongFunction;

/** The series of a node's rules. Stateless. */
final class RuleSeries {

  private final Enrolment enrolment;
  private final NodeMeters node;

  RuleSeries(Enrolment enrolment, NodeMeters node) {
    this.enrolment = enrolment;
    this.node = node;
  }

  void enrol() {
    Family calls = Family.of("rule.calls", "Calls of rules on this node, by how they ended");
    counted(calls, "outcome", "completed", RuleFigures::completed);
    counted(calls, "outcome", "trapped", RuleFigures::trapped);
    counted(calls, "outcome", "exhausted", RuleFigures::exhausted);
    counted(calls, "outcome", "refused", RuleFigures::refused);
    counted(calls, "outcome", "not_run", RuleFigures::notRun);
    counted(calls, "outcome", "late", RuleFigures::late);
    Family loads = Family.of("rule.loads", "Modules of rules that this node was to make ready");
    counted(loads, "result", "ready", RuleFigures::loaded);
    counted(loads, "result", "invalid", RuleFigures::invalid);
    enrolment.counter(
        Family.of("rule.quarantines", "Times that a rule failed too often and was not called more"),
        Tags.empty(),
        node,
        of -> of.rules().quarantined());
    enrolment.counter(
        Family.of("rule.log.dropped.lines", "Lines of rules that were not logged"),
        Tags.empty(),
        node,
        of -> of.rules().logLinesDropped());
    present("rule.modules", "Modules that are kept ready", RuleFigures::modules);
    present("rule.waiting.calls", "Calls that wait for a thread", RuleFigures::waiting);
    Family threads = Family.of("rule.threads", "Threads for rules, by what they do");
    enrolment.gauge(threads, Tags.of("state", "serving"), node, of -> of.rules().threads());
    enrolment.gauge(
        threads, Tags.of("state", "given_up"), node, of -> of.rules().abandonedThreads());
  }

  private void counted(
      Family family, String label, String value, ToLongFunction<RuleFigures> count) {
    enrolment.counter(family, Tags.of(label, value), node, of -> count.applyAsLong(of.rules()));
  }

  private void present(String name, String help, ToLongFunction<RuleFigures> count) {
    enrolment.gauge(Family.of(name, help), Tags.empty(), node, of -> count.applyAsLong(of.rules()));
  }
}
