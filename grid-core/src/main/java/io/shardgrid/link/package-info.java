/** Batching, credits and fairness of the link between two nodes, without input or output. */
@NullMarked
package io.shardgrid.link;

import org.jspecify.annotations.NullMarked;
