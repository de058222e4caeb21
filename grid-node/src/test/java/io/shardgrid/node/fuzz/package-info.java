/** Fuzzing of the standalone node: its targets stand beside what they are about. */
@NullMarked
package io.shardgrid.node.fuzz;

import org.jspecify.annotations.NullMarked;
