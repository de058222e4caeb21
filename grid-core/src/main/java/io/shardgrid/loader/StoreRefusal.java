package io.shardgrid.loader;

/**
 * A change that a store will never take, such as one that breaks a constraint. The entry is dropped
 * from the grid unless it was written again, so that the next read loads what the store has.
 *
 * @param index of the change in the list that was handed over
 * @param reason for people
 */
public record StoreRefusal(int index, String reason) {}
