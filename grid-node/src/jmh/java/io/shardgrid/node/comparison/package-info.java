/** This grid and its peers under the same load on the same machine, by turns. */
@NullMarked
package io.shardgrid.node.comparison;

import org.jspecify.annotations.NullMarked;
