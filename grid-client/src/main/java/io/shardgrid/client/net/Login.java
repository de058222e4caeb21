package io.shardgrid.client.net;

/**
 * Who a client is to the nodes. Immutable.
 *
 * @param user name; {@code default} where nodes know only one
 */
public record Login(String user, String password) {

  /** Says who, and not the password. */
  @Override
  public String toString() {
    return "Login[user=" + user + "]";
  }
}
