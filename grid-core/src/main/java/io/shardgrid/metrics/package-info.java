/** The meters of a node for registries of Micrometer. */
@NullMarked
package io.shardgrid.metrics;

import org.jspecify.annotations.NullMarked;
