package io.shardgrid.node;

import io.shardgrid.node.admin.AdminServer;
import io.shardgrid.node.security.AccessDesk;
import io.shardgrid.node.security.Entrance;

/**
 * What stands before the node's servers: certificates, and who may do what. Thread-safe.
 *
 * @param tls closed with this
 * @param access closed with this
 */
record Guards(ServersTls tls, AccessDesk access) implements AutoCloseable {

  /** Reads users and certificates; refuses to open ports to a network for anybody. */
  static Guards open(NodeSettings settings) {
    AccessDesk access = AccessDesk.open(settings.access());
    try {
      String host = settings.grid().engine().member().listenHost();
      Exposure.check(host, settings.access(), access.book());
      AdminServer.checkOpenPages(settings.admin(), settings.access());
      return new Guards(ServersTls.open(settings.tls()), access);
    } catch (RuntimeException e) {
      access.close();
      throw e;
    }
  }

  /** Of the RESP port. */
  Entrance resp() {
    return new Entrance(access, tls.resp());
  }

  /** Of the HTTP port. */
  Entrance http() {
    return new Entrance(access, tls.http());
  }

  @Override
  public void close() {
    tls.close();
    access.close();
  }
}
