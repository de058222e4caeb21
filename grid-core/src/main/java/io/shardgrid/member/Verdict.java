package io.shardgrid.member;

import io.shardgrid.key.NodeId;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What follows from who is heard by whom.
 *
 * @param suspects whose shards others should serve, as this node sees it
 * @param down who is to be taken out by this node now, with the reason
 */
public record Verdict(SortedSet<NodeId> suspects, SortedMap<NodeId, Reason> down) {

  /** Why a member is taken out. */
  public enum Reason {
    /** A majority of the members does not hear it. */
    SILENT,
    /** It hears no majority of the members: it takes itself out. */
    ISOLATED,
    /** It and another member do not hear each other, though others hear both. */
    DISCONNECTED
  }
}
