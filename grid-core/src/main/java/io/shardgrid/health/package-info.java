/** How a cluster is, in one of four words with its reasons, and what was measured about it. */
@NullMarked
package io.shardgrid.health;

import org.jspecify.annotations.NullMarked;
