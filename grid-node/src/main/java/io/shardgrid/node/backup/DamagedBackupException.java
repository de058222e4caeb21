package io.shardgrid.node.backup;

/** A file of a backup is not what was written; the message names it and what is wrong. */
public final class DamagedBackupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DamagedBackupException(String message) {
    super(message);
  }

  DamagedBackupException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The same about a file that has this name. */
  static DamagedBackupException in(String file, Exception cause) {
    return new DamagedBackupException(file + ": " + cause.getMessage(), cause);
  }
}
