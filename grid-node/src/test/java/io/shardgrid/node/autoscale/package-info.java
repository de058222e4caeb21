@NullMarked
package io.shardgrid.node.autoscale;

import org.jspecify.annotations.NullMarked;
