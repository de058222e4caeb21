package io.shardgrid.meter;

import io.shardgrid.trace.TraceContext;

/**
 * A number of a histogram whose operation was followed, so that one can look what that was.
 * Immutable.
 *
 * @param wallMillis when, in milliseconds since 1970
 */
public record Exemplar(long number, TraceContext trace, long wallMillis) {}
