/** The public types of a map: the map itself, codecs and views of entries. */
@NullMarked
package io.shardgrid.map;

import org.jspecify.annotations.NullMarked;
