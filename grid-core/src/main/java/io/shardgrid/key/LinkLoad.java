package io.shardgrid.key;

/**
 * What is under way on a node's links to its peers at one moment. Immutable.
 *
 * @param open links that operations can be sent by
 * @param queuedBytes what waits to be sent on them
 * @param operations that are under way at the peers, or on their way there
 * @param operationBytes of these, as the peers' credits count
 */
public record LinkLoad(int open, long queuedBytes, long operations, long operationBytes) {

  /** Nothing is. */
  public static final LinkLoad NONE = new LinkLoad(0, 0, 0, 0);

  /** Both together. */
  public LinkLoad plus(LinkLoad other) {
    return new LinkLoad(
        open + other.open,
        queuedBytes + other.queuedBytes,
        operations + other.operations,
        operationBytes + other.operationBytes);
  }
}
