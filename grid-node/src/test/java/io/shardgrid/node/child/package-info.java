/** Tests of the package. */
@NullMarked
package io.shardgrid.node.child;

import org.jspecify.annotations.NullMarked;
