package io.shardgrid.node.telemetry;

import java.util.concurrent.CompletionStage;

/** Something whose meters show what it was told last: it is asked with each scrape. */
interface Probe {

  /**
   * Looks anew. When the stage ends, which it does in every case and soon, the meters show what was
   * found. Not called again before; never blocks.
   */
  CompletionStage<Void> look();
}
