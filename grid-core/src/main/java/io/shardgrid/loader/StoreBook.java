package io.shardgrid.loader;

import java.util.List;

/** The stores behind the maps of a cluster, as one node sees them. Thread-safe. */
public interface StoreBook {

  /** Of a cluster without stores. */
  StoreBook NONE =
      new StoreBook() {
        @Override
        public List<StoreReport> reports() {
          return List.of();
        }

        @Override
        public boolean refill(String map) {
          return false;
        }
      };

  /** How they are; none if no map has one. */
  List<StoreReport> reports();

  /**
   * Has the existence filter of a map be made anew from the keys of its store, for the shards whose
   * primary this node is. Until that is done reads of absent keys ask the store.
   *
   * @return false if the map has no store
   */
  boolean refill(String map);
}
