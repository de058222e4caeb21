/** Stores of standalone nodes: tables of databases behind maps, and the commands about them. */
@NullMarked
package io.shardgrid.node.store;

import org.jspecify.annotations.NullMarked;
