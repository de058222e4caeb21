/** Tests of the meters of a node. */
@NullMarked
package io.shardgrid.metrics;

import org.jspecify.annotations.NullMarked;
