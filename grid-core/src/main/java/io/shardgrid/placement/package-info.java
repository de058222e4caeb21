/** The quorum register, the placement table, its planner and the migration machine. */
@NullMarked
package io.shardgrid.placement;

import org.jspecify.annotations.NullMarked;
