package io.shardgrid.node.security;

import java.util.List;

/**
 * Somebody who has a password. Immutable.
 *
 * @param passwords hashes of which any will do: two while a password is being replaced
 * @param isEnabled whether it may be used
 */
public record User(String name, List<PasswordHash> passwords, Grants grants, boolean isEnabled) {

  public User {
    passwords = List.copyOf(passwords);
  }

  @Override
  public String toString() {
    return "User[name=" + name + ", isEnabled=" + isEnabled + "]";
  }
}
