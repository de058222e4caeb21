/** Fault drills: real nodes, real faults, a recorded load, and a verdict. */
@NullMarked
package io.shardgrid.node.drill;

import org.jspecify.annotations.NullMarked;
