package io.shardgrid.client.net;

import org.jspecify.annotations.Nullable;

/**
 * Says who a client is, each time it connects: so a password can be replaced while it runs.
 * Thread-safe; called on a thread of its own, never on an event loop, one call at a time.
 */
@FunctionalInterface
public interface Credentials {

  /** Of a client that says nothing of itself. */
  Credentials NONE = () -> null;

  /**
   * The login for the next connection, or null for none. What it throws makes that attempt to
   * connect fail, and the next one asks again.
   */
  @Nullable Login login();
}
