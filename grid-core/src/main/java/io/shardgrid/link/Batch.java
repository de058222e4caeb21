package io.shardgrid.link;

import java.util.ArrayList;
import java.util.List;

/** The items of one frame. Reused from frame to frame; confined to who takes from the outbox. */
public final class Batch<T> {

  private final List<T> items = new ArrayList<>();
  private int bytes;

  /** The items, in their order. */
  public List<T> items() {
    return items;
  }

  /** Most bytes that the items take on the wire. */
  public int bytes() {
    return bytes;
  }

  /** Whether there are no items. */
  public boolean isEmpty() {
    return items.isEmpty();
  }

  /** Forgets the items. */
  public void clear() {
    items.clear();
    bytes = 0;
  }

  void add(T item, int itemBytes) {
    items.add(item);
    bytes += itemBytes;
  }
}
