package io.shardgrid.node.admin;

/** What {@code POST /weight} replies. Immutable. */
record WeightJson(String node, int weight) {}
