package io.shardgrid.node.security;

/** What has to be granted before something is done. */
public enum Need {
  /** Nothing: whoever connects may. */
  NOTHING(0, "nothing"),
  /** To be known; any role will do. */
  LOGIN(0, "a login"),
  /** To read the map. */
  READ(Right.READ.bit(), "read"),
  /** To change the map. */
  WRITE(Right.WRITE.bit(), "write"),
  /** To change the map and be told what is in it. */
  READ_WRITE(Right.READ.bit() | Right.WRITE.bit(), "read and write"),
  /** To read every map there is. */
  READ_EVERY_MAP(Right.READ.bit(), "read on every map"),
  /** To change every map there is. */
  WRITE_EVERY_MAP(Right.WRITE.bit(), "write on every map"),
  /** To steer the cluster. */
  ADMIN(Right.ADMIN.bit(), "admin");

  private final int bits;
  private final String words;

  Need(int bits, String words) {
    this.bits = bits;
    this.words = words;
  }

  int bits() {
    return bits;
  }

  /** For people. */
  public String words() {
    return words;
  }

  /** Whether it depends on which map is meant. */
  public boolean isOfOneMap() {
    return this == READ || this == WRITE || this == READ_WRITE;
  }
}
