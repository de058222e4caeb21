package io.shardgrid.autoscale;

/** What kept a size from being what metrics asked for. */
public enum SizeLimit {
  /** Nothing did. */
  NONE("DesiredWithinRange"),
  /** It would have grown faster than it may. */
  RATE_UP("ScaleUpLimit"),
  /** It would have become larger than it may be. */
  MAX("TooManyReplicas"),
  /** It would have shrunk faster than it may. */
  RATE_DOWN("ScaleDownLimit"),
  /** It would have become smaller than it may be. */
  MIN("TooFewReplicas");

  private final String condition;

  SizeLimit(String condition) {
    this.condition = condition;
  }

  /** The reason that the Horizontal Pod Autoscaler gives in its condition. */
  public String condition() {
    return condition;
  }
}
