package io.shardgrid.baseline;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A hash table under one lock that readers share. Thread-safe.
 *
 * <p>Readers do not wait for each other, yet each of them writes the lock's word twice, so that its
 * cache line travels between their cores all the same.
 */
public final class ReadWriteLockMap<K, V> implements SharedMap<K, V> {

  private final Lock reading;
  private final Lock writing;

  /** Read under {@code reading}, changed under {@code writing}. */
  private final Map<K, V> entries = new HashMap<>();

  public ReadWriteLockMap() {
    ReadWriteLock lock = new ReentrantReadWriteLock();
    this.reading = lock.readLock();
    this.writing = lock.writeLock();
  }

  @Override
  public @Nullable V get(K key) {
    reading.lock();
    try {
      return entries.get(key);
    } finally {
      reading.unlock();
    }
  }

  @Override
  public @Nullable V put(K key, V value) {
    writing.lock();
    try {
      return entries.put(key, value);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public @Nullable V remove(K key) {
    writing.lock();
    try {
      return entries.remove(key);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public V merge(K key, V value, BinaryOperator<V> sum) {
    writing.lock();
    try {
      return Objects.requireNonNull(entries.merge(key, value, sum));
    } finally {
      writing.unlock();
    }
  }

  @Override
  public long size() {
    reading.lock();
    try {
      return entries.size();
    } finally {
      reading.unlock();
    }
  }
}
