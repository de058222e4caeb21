package io.shardgrid.client.mirror;

import io.shardgrid.client.ClientSettings;
import io.shardgrid.client.GridClient;
import io.shardgrid.failure.GridUnavailableException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The client of the canary, which is connected when it can be. Thread-safe. */
public final class CanaryLink implements Supplier<MirrorCluster>, AutoCloseable {

  private final ClientSettings settings;
  private @Nullable GridClient client;
  private boolean isClosed;

  /** One that is not connected yet. */
  public CanaryLink(ClientSettings settings) {
    this.settings = settings;
  }

  /** Connects. Blocks. */
  @Override
  public MirrorCluster get() {
    GridClient connected = GridClient.connect(settings);
    synchronized (this) {
      if (!isClosed) {
        client = connected;
        return MirrorCluster.of(connected);
      }
    }
    connected.close();
    throw new GridUnavailableException("The mirror is closed");
  }

  /** The client; null while it is not connected. */
  public synchronized @Nullable GridClient client() {
    return client;
  }

  @Override
  public void close() {
    GridClient known;
    synchronized (this) {
      isClosed = true;
      known = client;
    }
    if (known != null) {
      known.close();
    }
  }
}
