/** Binary frames between nodes, their versions, and the RESP codec. */
@NullMarked
package io.shardgrid.wire;

import org.jspecify.annotations.NullMarked;
