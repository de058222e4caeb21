/** Tests of meters. */
@NullMarked
package io.shardgrid.node.telemetry;

import org.jspecify.annotations.NullMarked;
