/** What pages with measured figures have in common: the machine, tables, and their place. */
@NullMarked
package io.shardgrid.figures;

import org.jspecify.annotations.NullMarked;
