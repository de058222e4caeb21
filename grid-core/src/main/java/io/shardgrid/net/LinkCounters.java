package io.shardgrid.net;

import static java.util.Objects.requireNonNull;

import io.shardgrid.key.LinkReport;
import io.shardgrid.link.Lane;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

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
  private final LongSupplier tlsRefused;
  private final Map<Lane, Batches> batches = new EnumMap<>(Lane.class);

  /** What was sent in batches on one lane of all links. May be read by any thread. */
  public static final class Batches {
    private final LongAdder frames = new LongAdder();
    private final LongAdder items = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    private Batches() {}

    void add(int moreItems, int moreBytes) {
      frames.increment();
      items.add(moreItems);
      bytes.add(moreBytes);
    }

    /** Frames that were sent. */
    public long frames() {
      return frames.sum();
    }

    /** What was in them: operations, answers, messages of replicas. */
    public long items() {
      return items.sum();
    }

    /** Their bytes. */
    public long bytes() {
      return bytes.sum();
    }
  }

  /**
   * All at 0.
   *
   * @param tlsRefused how many connections have not got through TLS
   */
  LinkCounters(LongSupplier tlsRefused) {
    this.tlsRefused = tlsRefused;
    for (Lane lane : Lane.values()) {
      batches.put(lane, new Batches());
    }
  }

  /** What was sent on a lane. */
  public Batches batches(Lane lane) {
    return requireNonNull(batches.get(lane));
  }

  /** All of it at about this moment. */
  public LinkReport report() {
    List<LinkReport.Lane> sent = new ArrayList<>();
    batches.forEach(
        (lane, of) ->
            sent.add(
                new LinkReport.Lane(
                    lane.name().toLowerCase(Locale.ROOT), of.frames(), of.items(), of.bytes())));
    return new LinkReport(
        opened(),
        framesReceived(),
        bytesReceived(),
        itemsDropped() + answersDropped(),
        new LinkReport.Refused(tlsRefused.getAsLong(), rejected(), malformed()),
        sent);
  }

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
