package io.shardgrid.node.provision;

import java.net.URI;
import java.util.Set;

/** What can be asked over HTTP. Stateless. */
final class WebAddress {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private WebAddress() {}

  /** Whether this is a URL of the web. */
  static boolean isUrl(String text) {
    return scheme(text, Set.of("http", "https"));
  }

  /** Whether what is sent there stays secret: it is encrypted, or stays on this machine. */
  static boolean isSafe(String text) {
    return scheme(text, Set.of("https"))
        || (scheme(text, Set.of("http")) && LOOPBACK.contains(URI.create(text).getHost()));
  }

  private static boolean scheme(String text, Set<String> schemes) {
    try {
      URI uri = URI.create(text);
      return uri.getScheme() != null && schemes.contains(uri.getScheme()) && uri.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
