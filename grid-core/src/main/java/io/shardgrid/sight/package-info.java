/**
 * What a node sees of its own work from moment to moment: rates, sizes, and the keys in most use.
 */
@NullMarked
package io.shardgrid.sight;

import org.jspecify.annotations.NullMarked;
