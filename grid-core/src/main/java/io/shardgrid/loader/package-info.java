/** Stores behind maps: what an application gives, and how a node keeps them from being overrun. */
@NullMarked
package io.shardgrid.loader;

import org.jspecify.annotations.NullMarked;
