/** Meters of the node, as Prometheus reads them. */
@NullMarked
package io.shardgrid.node.telemetry;

import org.jspecify.annotations.NullMarked;
