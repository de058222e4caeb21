/** The HTTP API of a node: administration, health and console. */
@NullMarked
package io.shardgrid.node.admin;

import org.jspecify.annotations.NullMarked;
