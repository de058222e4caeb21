/** Nodes in processes of their own, started from this program. */
@NullMarked
package io.shardgrid.node.child;

import org.jspecify.annotations.NullMarked;
