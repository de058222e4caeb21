/** A day of load on a grid that starts and ends its nodes itself. */
@NullMarked
package io.shardgrid.node.demo.elastic;

import org.jspecify.annotations.NullMarked;
