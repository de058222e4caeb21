/** Measures clusters of real nodes under load. */
@NullMarked
package io.shardgrid.node.bench;

import org.jspecify.annotations.NullMarked;
