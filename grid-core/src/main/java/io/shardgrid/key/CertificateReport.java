package io.shardgrid.key;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a certificate of this node is. Immutable.
 *
 * @param settings where it is set, such as {@code grid.tls}
 * @param subject whom it names
 * @param until when it expires
 * @param reloads how often it was read anew since the node started
 * @param trouble why the files are not read anew now; null if nothing is wrong with them
 */
public record CertificateReport(
    String settings, String subject, Instant until, long reloads, @Nullable String trouble) {

  /** Whole days until it expires; negative if it has. */
  public long daysLeft(Instant now) {
    return Math.floorDiv(Duration.between(now, until).toSeconds(), Duration.ofDays(1).toSeconds());
  }
}
