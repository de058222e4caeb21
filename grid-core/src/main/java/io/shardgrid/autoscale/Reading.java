package io.shardgrid.autoscale;

import java.time.Instant;

/**
 * What was measured, as it came: it may be anything, and is checked where it is used. Immutable.
 *
 * @param value in the metric's unit
 * @param request what is meant to be used, in the same unit; for a utilisation only
 * @param at when it was measured
 */
public record Reading(double value, double request, Instant at) {}
