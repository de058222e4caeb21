package io.shardgrid.net;

import io.shardgrid.key.Charter;
import io.shardgrid.key.NodeId;
import io.shardgrid.link.LinkSettings;

/**
 * The node that links belong to. Immutable.
 *
 * @param charter what it says of its cluster in handshakes
 * @param self what it says of itself
 * @param settings the settings of its links
 * @param listener is told what comes
 * @param counters counts what its links do
 * @param security how the ends make sure of each other
 */
record LinkOwner(
    Charter charter,
    NodeId self,
    LinkSettings settings,
    PeerListener listener,
    LinkCounters counters,
    LinkSecurity security) {}
