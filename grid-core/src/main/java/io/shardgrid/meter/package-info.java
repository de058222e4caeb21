/** What a node counts and times for its meters, without any library of meters. */
@NullMarked
package io.shardgrid.meter;

import org.jspecify.annotations.NullMarked;
