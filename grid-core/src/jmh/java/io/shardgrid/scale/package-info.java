/** What the grid's machines cost in clusters far larger than any that is started here. */
@NullMarked
package io.shardgrid.scale;

import org.jspecify.annotations.NullMarked;
