/** Tests of what is counted for meters. */
@NullMarked
package io.shardgrid.meter;

import org.jspecify.annotations.NullMarked;
