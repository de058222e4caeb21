/** Tests of who may do what. */
@NullMarked
package io.shardgrid.node.security;

import org.jspecify.annotations.NullMarked;
