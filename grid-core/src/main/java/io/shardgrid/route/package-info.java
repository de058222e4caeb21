/** The routing machine: order, resending and deadlines of operations, embedded and remote. */
@NullMarked
package io.shardgrid.route;

import org.jspecify.annotations.NullMarked;
