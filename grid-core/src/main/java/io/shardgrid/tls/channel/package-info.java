/** TLS in the pipelines of connections, and what is said of handshakes that fail. */
@NullMarked
package io.shardgrid.tls.channel;

import org.jspecify.annotations.NullMarked;
