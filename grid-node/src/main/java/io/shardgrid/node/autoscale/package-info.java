/** The autoscaler's arithmetic on the command line: cases that are evaluated, traces of load. */
@NullMarked
package io.shardgrid.node.autoscale;

import org.jspecify.annotations.NullMarked;
