/** The commands by which rules are loaded, looked at, dropped and called. */
@NullMarked
package io.shardgrid.node.rule;

import org.jspecify.annotations.NullMarked;
