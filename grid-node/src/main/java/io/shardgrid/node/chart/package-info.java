/** Charts as files that stand alone. */
@NullMarked
package io.shardgrid.node.chart;

import org.jspecify.annotations.NullMarked;
