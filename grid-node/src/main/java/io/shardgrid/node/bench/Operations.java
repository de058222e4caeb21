package io.shardgrid.node.bench;

import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What a load asks, one operation after the other. An operation is a number that says all about it,
 * so that a load makes no object for each.
 *
 * <p>Drawn and sent by one thread; answers may come on any.
 */
public interface Operations {

  /** The next operation. */
  long draw(SplittableRandom random);

  /** Sends it. */
  CompletionStage<?> send(long operation);

  /** What is wrong with its answer, in one word; empty if nothing is. */
  String flaw(long operation, @Nullable Object answer);

  /** Bytes of memory of the value that is made for it: no effort of the load's own. */
  default int valueObjectBytes(long operation) {
    return 0;
  }
}
