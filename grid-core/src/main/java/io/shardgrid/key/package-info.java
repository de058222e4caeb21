/** The shared nouns: shards, slots, nodes, epochs, placement entries and the settings of a map. */
@NullMarked
package io.shardgrid.key;

import org.jspecify.annotations.NullMarked;
