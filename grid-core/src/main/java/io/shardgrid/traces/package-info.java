/** The spans of a node or a client for OpenTelemetry. */
@NullMarked
package io.shardgrid.traces;

import org.jspecify.annotations.NullMarked;
