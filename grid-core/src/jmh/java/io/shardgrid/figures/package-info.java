/** What pages with measured figures have in common: the machine, and the place of a table. */
@NullMarked
package io.shardgrid.figures;

import org.jspecify.annotations.NullMarked;
