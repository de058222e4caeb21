/** Backups of a cluster in files, and their restore. */
@NullMarked
package io.shardgrid.node.backup;

import org.jspecify.annotations.NullMarked;
