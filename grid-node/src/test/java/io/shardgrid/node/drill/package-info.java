/** Tests of the package. */
@NullMarked
package io.shardgrid.node.drill;

import org.jspecify.annotations.NullMarked;
