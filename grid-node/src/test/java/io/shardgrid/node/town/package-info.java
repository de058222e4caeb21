/** Tests of the package. */
@NullMarked
package io.shardgrid.node.town;

import org.jspecify.annotations.NullMarked;
