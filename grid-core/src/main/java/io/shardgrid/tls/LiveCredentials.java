package io.shardgrid.tls;

import io.shardgrid.failure.GridConfigException;
import io.shardgrid.key.CertificateReport;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates of one side, as its files are now: they are looked at every {@code
 * reload-interval}, by a daemon thread of its own. New connections use what was read last;
 * connections that exist go on with what they began with. Files that are broken, or half written,
 * change nothing: that is logged once, and they are tried again.
 *
 * <p>Thread-safe.
 */
public final class LiveCredentials implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveCredentials.class);
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final Duration WARNING_PAUSE = Duration.ofDays(1);

  private final TlsSettings settings;
  private final Clock clock;
  private final ScheduledExecutorService watch;
  private volatile Credentials current;
  private final AtomicLong reloads = new AtomicLong();
  private volatile @Nullable String trouble;
  private volatile Instant warned = Instant.MIN;

  private LiveCredentials(TlsSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.current = Credentials.of(PemFiles.read(settings), clock.instant());
    this.watch = Executors.newSingleThreadScheduledExecutor(LiveCredentials::daemon);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "grid-tls");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Reads the files, and looks at them from now on.
   *
   * @throws GridConfigException if they cannot be used; names the key, the file and what is wrong
   */
  public static LiveCredentials open(TlsSettings settings) {
    LiveCredentials opened = still(settings, Clock.systemUTC());
    opened.warnOfExpiry();
    long nanos = settings.reloadInterval().toNanos();
    opened.watch.scheduleWithFixedDelay(opened::look, nanos, nanos, TimeUnit.NANOSECONDS);
    return opened;
  }

  /** Reads the files, and does not look at them by itself. */
  static LiveCredentials still(TlsSettings settings, Clock clock) {
    return new LiveCredentials(settings, clock);
  }

  /** Looks at the files: what has changed, and can be used, is used from now on. */
  void look() {
    try {
      PemFiles found = PemFiles.read(settings);
      if (!found.equals(current.files())) {
        current = Credentials.of(found, clock.instant());
        reloads.incrementAndGet();
        warned = Instant.MIN;
        LOG.info("Certificates were read anew: settings={}, {}", settings.path(), described());
      }
      trouble = null;
    } catch (GridConfigException e) {
      keep(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // An exception would end the watch.
      keep(e.toString());
    }
    warnOfExpiry();
  }

  private void keep(String why) {
    if (!why.equals(trouble)) {
      trouble = why;
      LOG.error("Certificates are not read anew, the former ones are used: {}", why);
    }
  }

  private void warnOfExpiry() {
    X509Certificate own = current.own();
    Instant now = clock.instant();
    if (own == null || warned.plus(WARNING_PAUSE).isAfter(now)) {
      return;
    }
    Instant end = own.getNotAfter().toInstant();
    if (now.isAfter(end)) {
      warned = now;
      LOG.error("The certificate has expired, no connection is accepted by it: {}", described());
    } else if (now.plus(settings.expiryWarning()).isAfter(end)) {
      warned = now;
      LOG.warn("The certificate expires soon: {}", described());
    }
  }

  private String described() {
    X509Certificate own = current.own();
    return own == null
        ? "file=" + settings.caFile()
        : "file="
            + settings.certificateFile()
            + ", subject="
            + own.getSubjectX500Principal()
            + ", until="
            + own.getNotAfter().toInstant();
  }

  /** How the own certificate is; null if there is none. */
  public @Nullable CertificateReport report() {
    X509Certificate own = current.own();
    return own == null
        ? null
        : new CertificateReport(
            settings.path(),
            own.getSubjectX500Principal().getName(),
            own.getNotAfter().toInstant(),
            reloads.get(),
            trouble);
  }

  /** How long a handshake may take. */
  public Duration handshakeTimeout() {
    return settings.handshakeTimeout();
  }

  /** Where these certificates are set, such as {@code grid.tls}. */
  public String path() {
    return settings.path();
  }

  /** What engines are made of now, for libraries that make them themselves. */
  public SSLContext context() {
    return current.context();
  }

  /** TLS 1.3, or 1.2, and nothing older. */
  public static SSLParameters parameters() {
    SSLParameters parameters = new SSLParameters();
    parameters.setProtocols(PROTOCOLS.clone());
    return parameters;
  }

  /**
   * An engine for a connection that is opened: the other end has to have a certificate of an
   * authority, for just this host.
   */
  public SSLEngine clientEngine(String host, int port) {
    SSLEngine engine = current.context().createSSLEngine(host, port);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(PROTOCOLS.clone());
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
    return engine;
  }

  /**
   * An engine for a connection that was accepted.
   *
   * @param needsCertificate whether the other end has to have a certificate of an authority
   */
  public SSLEngine serverEngine(boolean needsCertificate) {
    SSLEngine engine = current.context().createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(PROTOCOLS.clone());
    parameters.setUseCipherSuitesOrder(true);
    parameters.setNeedClientAuth(needsCertificate);
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** Looks at the files no more. */
  @Override
  public void close() {
    watch.shutdownNow();
  }
}
