/** The RESP codec: commands and replies of RESP2 and RESP3 in Netty buffers, without a channel. */
@NullMarked
package io.shardgrid.wire.resp;

import org.jspecify.annotations.NullMarked;
