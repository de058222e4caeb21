package io.shardgrid.node.resp;

import org.jspecify.annotations.Nullable;

/** The versions that clients are told. */
final class Versions {

  /** The version of Redis whose commands these are like; clients judge by it. */
  static final String REDIS = "7.2.0";

  private Versions() {}

  /** The version of this program, if it runs from its jar. */
  static String shardgrid() {
    @Nullable String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
