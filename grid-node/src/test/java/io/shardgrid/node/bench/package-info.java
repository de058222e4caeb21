/** Tests of what measures clusters. */
@NullMarked
package io.shardgrid.node.bench;

import org.jspecify.annotations.NullMarked;
