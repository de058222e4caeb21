package io.shardgrid.actor;

/**
 * What travels between members as an actor message, as Jackson CBOR: the placement's protocol and
 * questions of operators. Data never does; it has the peer links.
 *
 * <p>Fields have concrete types: a sealed interface would need its subtypes annotated.
 */
interface ControlMessage {}
