package io.shardgrid.autoscale;

import java.time.Instant;

/** Something that was done about the size, for people. Immutable. */
public record ScaleNote(Instant at, String text) {}
