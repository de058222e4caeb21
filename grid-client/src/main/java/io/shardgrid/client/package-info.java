/** The remote client and its maps. */
@NullMarked
package io.shardgrid.client;

import org.jspecify.annotations.NullMarked;
