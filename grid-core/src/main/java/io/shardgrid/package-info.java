/** The entry point of an embedded grid and its settings. */
@NullMarked
package io.shardgrid;

import org.jspecify.annotations.NullMarked;
