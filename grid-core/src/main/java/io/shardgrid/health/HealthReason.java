package io.shardgrid.health;

/** One thing that keeps a cluster from being healthy, for programs and for people. Immutable. */
public record HealthReason(HealthCause cause, String text) {}
