/** Networks between the nodes of a drill, in which connections can be cut, slowed and damaged. */
@NullMarked
package io.shardgrid.node.network;

import org.jspecify.annotations.NullMarked;
