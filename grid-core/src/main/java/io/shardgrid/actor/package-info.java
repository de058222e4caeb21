/** The actors around the machines of the other packages; nothing else knows Pekko. */
@NullMarked
package io.shardgrid.actor;

import org.jspecify.annotations.NullMarked;
