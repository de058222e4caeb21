package io.shardgrid.node.telemetry;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.shardgrid.node.access.ServerFigure;
import java.util.List;

/** The meters of a process that is no node of a grid: its servers' and the JVM's. Thread-safe. */
public final class FigureMeters {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** Meters of these figures. */
  public FigureMeters(List<ServerFigure> figures) {
    figures.forEach(figure -> Telemetry.register(figure, registry));
    JvmMeters.bindTo(registry);
  }

  /**
   * All meters.
   *
   * @param accepted the forms that are wanted, as in the header Accept of HTTP; may be empty
   */
  public Exposition scrape(String accepted) {
    String type = Exposition.typeFor(accepted);
    return new Exposition(type, registry.scrape(type));
  }
}
