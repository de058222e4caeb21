/** The client's connections: pipelining and reconnects. */
@NullMarked
package io.shardgrid.client.net;

import org.jspecify.annotations.NullMarked;
