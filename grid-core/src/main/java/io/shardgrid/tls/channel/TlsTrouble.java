package io.shardgrid.tls.channel;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in words what an exception of a TLS connection means. */
public final class TlsTrouble {

  private static final int DEPTH_MAX = 16;

  private TlsTrouble() {}

  /** The failure of TLS in this exception; null if it is another one. */
  public static @Nullable SSLException in(Throwable thrown) {
    Throwable cause =
        thrown instanceof DecoderException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return cause instanceof SSLException tls ? tls : null;
  }

  /** What is wrong, and whose certificate or setting it is about. */
  public static String words(Throwable thrown) {
    SSLException tls = in(thrown);
    Throwable failure = tls == null ? thrown : tls;
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof NotSslRecordException || message.contains("nrecognized SSL message")) {
      return "the other end does not speak TLS here";
    }
    if (failure instanceof SslHandshakeTimeoutException) {
      return "the TLS handshake did not end in time";
    }
    if (failure instanceof ClosedChannelException) {
      return "the other end broke the TLS handshake off (does it speak TLS?)";
    }
    CertificateException certificate = certificateIn(failure);
    if (certificate != null) {
      return "the other end's certificate is refused: " + rootOf(certificate).getMessage();
    }
    if (message.contains("PKIX") || message.contains("CertPath")) {
      return "the other end's certificate is refused: " + rootOf(failure).getMessage();
    }
    if (message.contains("Empty client certificate chain")) {
      return "the other end shows no certificate by an authority that is trusted here";
    }
    if (message.contains("Received fatal alert")) {
      return "the other end refuses: " + alert(message);
    }
    return "TLS failed: " + message;
  }

  private static String alert(String message) {
    String name = message.substring(message.lastIndexOf(' ') + 1);
    return switch (name) {
      case "certificate_required", "bad_certificate" ->
          name + " (it wants a certificate of this end, by one of its authorities)";
      case "certificate_unknown", "unknown_ca" ->
          name + " (it does not accept this end's certificate)";
      case "certificate_expired" -> name + " (the certificate of this end)";
      case "protocol_version" -> name + " (TLS 1.2 or 1.3 is spoken here)";
      default -> name;
    };
  }

  private static @Nullable CertificateException certificateIn(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEPTH_MAX; depth++) {
      if (cause instanceof CertificateException found) {
        return found;
      }
      cause = cause.getCause();
    }
    return null;
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; depth < DEPTH_MAX; depth++) {
      Throwable cause = root.getCause();
      if (cause == null) {
        return root;
      }
      root = cause;
    }
    return root;
  }
}
