package io.shardgrid.shard;

/** Why a copy to a learner was given up. */
public enum CopyEnd {
  /** It was not. */
  NONE(""),
  LEARNER_SILENT("the target says nothing"),
  BACKLOG("too many writes wait for the target"),
  DIFFERENT("the target has other entries, or nothing, again and again"),
  LEARNER_REMOVED("the target did not acknowledge writes"),
  REIGN_OVER("the shard has another primary"),
  CANCELLED("it was cancelled");

  private final String text;

  CopyEnd(String text) {
    this.text = text;
  }

  /** For people. */
  public String text() {
    return text;
  }
}
