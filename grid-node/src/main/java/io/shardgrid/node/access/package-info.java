/** What the servers of a node ask of its grid. */
@NullMarked
package io.shardgrid.node.access;

import org.jspecify.annotations.NullMarked;
