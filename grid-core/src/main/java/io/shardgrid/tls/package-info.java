/** Certificates and keys: read from files, checked, read again when the files change. */
@NullMarked
package io.shardgrid.tls;

import org.jspecify.annotations.NullMarked;
