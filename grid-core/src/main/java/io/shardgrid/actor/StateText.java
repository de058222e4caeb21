package io.shardgrid.actor;

import io.shardgrid.autoscale.ScaleState;
import java.util.Base64;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the autoscaler's state a text that can be kept beside the placement. Thread-safe. */
final class StateText {

  private static final Logger LOG = LoggerFactory.getLogger(StateText.class);

  private final Serialization serialization;

  /** What is written: as what members say to each other. */
  record Kept(ScaleState state) implements ControlMessage {}

  StateText(ActorSystem<?> system) {
    this.serialization = SerializationExtension.get(Adapter.toClassic(system));
  }

  String write(ScaleState state) {
    return Base64.getEncoder().encodeToString(serialization.serialize(new Kept(state)).get());
  }

  /** The state; none if nothing was kept, or something that this version cannot read. */
  ScaleState read(String text) {
    if (text.isEmpty()) {
      return ScaleState.NONE;
    }
    try {
      return serialization.deserialize(Base64.getDecoder().decode(text), Kept.class).get().state();
    } catch (RuntimeException e) {
      LOG.warn("The autoscaler's history cannot be read, and begins anew", e);
      return ScaleState.NONE;
    }
  }
}
