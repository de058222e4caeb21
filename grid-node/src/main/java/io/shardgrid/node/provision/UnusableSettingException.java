package io.shardgrid.node.provision;

/** What is set cannot be used, and asking again would not help. Its message names the key. */
final class UnusableSettingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnusableSettingException(String message) {
    super(message);
  }

  UnusableSettingException(String message, Throwable cause) {
    super(message, cause);
  }
}
