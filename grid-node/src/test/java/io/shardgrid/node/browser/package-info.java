/** A browser without a window, driven by tests. */
@NullMarked
package io.shardgrid.node.browser;

import org.jspecify.annotations.NullMarked;
