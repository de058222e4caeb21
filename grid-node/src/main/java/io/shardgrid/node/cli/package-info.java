/** The commands that talk to a running grid, and what all commands share. */
@NullMarked
package io.shardgrid.node.cli;

import org.jspecify.annotations.NullMarked;
