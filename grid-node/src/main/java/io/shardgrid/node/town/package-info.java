/** The towns of the world that come with the program, for demonstrations. */
@NullMarked
package io.shardgrid.node.town;

import org.jspecify.annotations.NullMarked;
