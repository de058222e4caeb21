/**
 * Recorded histories of clients' operations, and a checker that tells whether one is linearizable.
 */
@NullMarked
package io.shardgrid.history;

import org.jspecify.annotations.NullMarked;
