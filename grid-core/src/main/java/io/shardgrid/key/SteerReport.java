package io.shardgrid.key;

import java.util.List;

/**
 * What became of an order. Immutable.
 *
 * @param cancelled shards whose moves were cancelled by it
 * @param refused shards that were named and have nothing that can be cancelled: no move, one that
 *     is nearly done, or one that makes a missing copy
 * @param report how the moves are after it
 */
public record SteerReport(List<Integer> cancelled, List<Integer> refused, MigrationReport report) {

  public SteerReport {
    cancelled = List.copyOf(cancelled);
    refused = List.copyOf(refused);
  }
}
