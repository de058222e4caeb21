package io.shardgrid.client.net;

import io.shardgrid.tls.LiveCredentials;
import org.jspecify.annotations.Nullable;

/**
 * Who the client is to nodes. Immutable.
 *
 * @param certificates null for connections without TLS; not closed with them
 * @param credentials the user, asked for at each connection
 */
public record Identity(@Nullable LiveCredentials certificates, Credentials credentials) {}
