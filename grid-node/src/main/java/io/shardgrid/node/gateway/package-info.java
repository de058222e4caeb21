/** The gateway: Redis clients in front, two clusters behind, a verdict on one of them. */
@NullMarked
package io.shardgrid.node.gateway;

import org.jspecify.annotations.NullMarked;
