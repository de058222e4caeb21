/** Tests of charts. */
@NullMarked
package io.shardgrid.node.chart;

import org.jspecify.annotations.NullMarked;
