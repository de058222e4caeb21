/**
 * Dyed traffic: two clusters asked the same, their answers compared, and a verdict on the canary.
 */
@NullMarked
package io.shardgrid.client.mirror;

import org.jspecify.annotations.NullMarked;
