package io.shardgrid.net;

import java.util.concurrent.atomic.LongAdder;

/** Counts what the links of a node have done since its start. May be read by any thread. */
public final class LinkCounters {

  final LongAdder opened = new LongAdder();
  final LongAdder rejected = new LongAdder();
  final LongAdder malformed = new LongAdder();
  final LongAdder framesSent = new LongAdder();
  final LongAdder bytesSent = new LongAdder();
  final LongAdder framesReceived = new LongAdder();
  final LongAdder bytesReceived = new LongAdder();
  final LongAdder itemsDropped = new LongAdder();
  final LongAdder answersDropped = new LongAdder();

  LinkCounters() {}

  /** Links that were opened, from here and from others. */
  public long opened() {
    return opened.sum();
  }

  /** Handshakes that were refused, here and by others. */
  public long rejected() {
    return rejected.sum();
  }

  /** Connections that were closed because of bytes that make no sense. */
  public long malformed() {
    return malformed.sum();
  }

  /** Frames that were sent. */
  public long framesSent() {
    return framesSent.sum();
  }

  /** Bytes that were sent. */
  public long bytesSent() {
    return bytesSent.sum();
  }

  /** Frames that have come. */
  public long framesReceived() {
    return framesReceived.sum();
  }

  /** Bytes that have come. */
  public long bytesReceived() {
    return bytesReceived.sum();
  }

  /** Operations that waited to be sent when their link closed. */
  public long itemsDropped() {
    return itemsDropped.sum();
  }

  /** Answers that could not be sent, because their link had closed or its outbox was full. */
  public long answersDropped() {
    return answersDropped.sum();
  }
}
