package io.shardgrid.client.mirror;

import com.typesafe.config.ConfigFactory;

/** Settings for tests: those of the reference, with some of their own. */
final class SampleMirrorSettings {

  private SampleMirrorSettings() {}

  /** The reference, and this HOCON within {@code grid.client.mirror}. */
  static MirrorSettings of(String own) {
    return MirrorSettings.from(
        ConfigFactory.parseString("grid.client.mirror { " + own + " }")
            .withFallback(ConfigFactory.defaultReference())
            .resolve());
  }
}
