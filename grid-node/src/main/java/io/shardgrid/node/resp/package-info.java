/** The RESP server of a node. */
@NullMarked
package io.shardgrid.node.resp;

import org.jspecify.annotations.NullMarked;
