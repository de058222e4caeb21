/** Tests of the gateway. */
@NullMarked
package io.shardgrid.node.gateway;

import org.jspecify.annotations.NullMarked;
