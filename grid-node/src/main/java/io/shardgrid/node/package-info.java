/** The standalone process: its settings and the order in which it starts and stops. */
@NullMarked
package io.shardgrid.node;

import org.jspecify.annotations.NullMarked;
