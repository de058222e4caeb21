package io.shardgrid.autoscale;

import io.shardgrid.autoscale.Actuator.Leaver;
import io.shardgrid.key.NodeId;
import java.util.Map;

/**
 * What a node says of itself, again and again. It may be anything, and is checked where it is used.
 * Immutable.
 *
 * @param upMillis how long it has been a member
 * @param cpu share of the machine's processors that its JVM used of late, 0 to 1; below 0 if the
 *     JVM does not say
 * @param bytes what it holds
 * @param work what it does
 * @param gauges the application's own, by name
 * @param means how it can be started and ended
 */
public record LoadReport(
    NodeId node,
    long upMillis,
    double cpu,
    Bytes bytes,
    Work work,
    Map<String, Double> gauges,
    Means means) {

  public LoadReport {
    gauges = Map.copyOf(gauges);
  }

  /**
   * What a node holds, in live bytes.
   *
   * @param own of the shards whose primary it has
   * @param held of all its replicas
   * @param max that it may hold
   */
  public record Bytes(long own, long held, long max) {}

  /**
   * What a node does.
   *
   * @param operationsPerSecond operations that its shards took, as primaries
   * @param slowMillis what 99 of 100 of these did not exceed, from arrival to answer
   * @param queued operations that wait for backups
   */
  public record Work(double operationsPerSecond, double slowMillis, long queued) {}

  /**
   * How nodes come and go here.
   *
   * @param isStandalone whether its process is a node and nothing else
   * @param actuator what it can start and end nodes with; empty if with nothing
   * @param leaver which nodes that can end
   */
  public record Means(boolean isStandalone, String actuator, Leaver leaver) {

    /** A node that is embedded in an application. */
    public static final Means EMBEDDED = new Means(false, "", Leaver.NONE);

    /** Whether it can start and end nodes. */
    public boolean canAct() {
      return leaver != Leaver.NONE;
    }
  }
}
