/** The links between nodes over Netty: connections, frames and TLS. */
@NullMarked
package io.shardgrid.net;

import org.jspecify.annotations.NullMarked;
