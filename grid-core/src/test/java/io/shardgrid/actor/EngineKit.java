package io.shardgrid.actor;

import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;

/** Actor systems for tests, without a cluster, with the engine's dispatchers. */
final class EngineKit {

  private EngineKit() {}

  /** To be shut down by whoever asks for it. */
  static ActorTestKit create() {
    return ActorTestKit.create(
        ConfigFactory.parseString("pekko.actor.provider = local")
            .withFallback(ConfigFactory.parseResources("io/shardgrid/actor/engine.conf"))
            .withFallback(ConfigFactory.defaultReference())
            .resolve());
  }
}
