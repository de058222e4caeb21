/** How many nodes a grid should have, and which one goes: pure arithmetic, time is handed in. */
@NullMarked
package io.shardgrid.autoscale;

import org.jspecify.annotations.NullMarked;
