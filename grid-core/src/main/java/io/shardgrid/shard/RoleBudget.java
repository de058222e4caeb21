package io.shardgrid.shard;

import io.shardgrid.bucket.PageBudget;
import io.shardgrid.bucket.PagePool;
import io.shardgrid.key.MapSettings;

/**
 * What the maps of one replica may take: within the limits while it decides, beyond them while it
 * follows the decisions of a primary. Confined to its replica.
 */
final class RoleBudget {

  private final PageBudget node;
  private boolean overdraws;

  RoleBudget(PageBudget node) {
    this.node = node;
  }

  void overdraws(boolean newOverdraws) {
    overdraws = newOverdraws;
  }

  /** The budget of one map. */
  PageBudget part(long bytesMax) {
    PageBudget limits = bytesMax == MapSettings.UNLIMITED ? node : PageBudget.part(node, bytesMax);
    return new Part(limits);
  }

  private final class Part implements PageBudget {

    private final PageBudget limits;

    Part(PageBudget limits) {
      this.limits = limits;
    }

    @Override
    public boolean reserve(long bytes) {
      boolean isGranted = limits.reserve(bytes);
      if (!isGranted && overdraws) {
        limits.overdraw(bytes);
        return true;
      }
      return isGranted;
    }

    @Override
    public void overdraw(long bytes) {
      limits.overdraw(bytes);
    }

    @Override
    public void release(long bytes) {
      limits.release(bytes);
    }

    @Override
    public PagePool pool() {
      return limits.pool();
    }

    @Override
    public long reservedBytes() {
      return limits.reservedBytes();
    }
  }
}
