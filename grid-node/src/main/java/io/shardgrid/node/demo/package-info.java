/** The demonstration: three real nodes, real data, and answers that are checked. */
@NullMarked
package io.shardgrid.node.demo;

import org.jspecify.annotations.NullMarked;
