package io.shardgrid.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps all spans that were opened. Thread-safe. */
public final class RecordingTracer implements GridTracer {

  private final AtomicLong numbers = new AtomicLong();
  private final List<Recorded> spans = new CopyOnWriteArrayList<>();
  private static final ThreadLocal<TraceContext> CURRENT = new ThreadLocal<>();

  /** A span as it is so far. */
  public static final class Recorded implements TraceSpan {
    private final String name;
    private final SpanKind kind;
    private final @Nullable TraceContext parent;
    private final TraceContext self;
    private final Map<String, Object> said = new TreeMap<>();
    private final List<String> events = new ArrayList<>();
    private int ends;

    private Recorded(String name, SpanKind kind, @Nullable TraceContext parent, TraceContext self) {
      this.name = name;
      this.kind = kind;
      this.parent = parent;
      this.self = self;
    }

    public String name() {
      return name;
    }

    public SpanKind kind() {
      return kind;
    }

    public @Nullable TraceContext parent() {
      return parent;
    }

    public synchronized Map<String, Object> said() {
      return new TreeMap<>(said);
    }

    public synchronized List<String> events() {
      return List.copyOf(events);
    }

    public synchronized int ends() {
      return ends;
    }

    @Override
    public TraceContext context() {
      return self;
    }

    @Override
    public synchronized TraceSpan put(String key, String value) {
      said.put(key, value);
      return this;
    }

    @Override
    public synchronized TraceSpan put(String key, long value) {
      said.put(key, value);
      return this;
    }

    @Override
    public synchronized void event(String what) {
      events.add(what);
    }

    @Override
    public void event(String what, String about, String value) {
      event(what + " " + value);
    }

    @Override
    public void fail(String type) {
      put(SpanNames.ERROR, type);
    }

    @Override
    public synchronized void end() {
      ends++;
    }
  }

  /** All so far, in the order in which they were opened. */
  public List<Recorded> spans() {
    return List.copyOf(spans);
  }

  /** The only one of this name. */
  public Recorded span(String name) {
    List<Recorded> found = spans.stream().filter(span -> span.name.equals(name)).toList();
    if (found.size() != 1) {
      throw new AssertionError("not one span: name=" + name + ", spans=" + names());
    }
    return found.get(0);
  }

  /** What they are called. */
  public List<String> names() {
    return spans.stream().map(Recorded::name).toList();
  }

  /** A switch that is on, for everything or for nothing but what others follow. */
  public TraceSwitch on(double sampleRatio) {
    TraceSettings settings = new TraceSettings(sampleRatio, 1000);
    TraceSwitch traces = new TraceSwitch(settings);
    traces.turnOn(new Tracing(this, settings, () -> 0, () -> 0));
    return traces;
  }

  @Override
  public TraceSpan begin(SpanKind kind, String name, @Nullable TraceContext parent) {
    long number = numbers.incrementAndGet();
    TraceContext self =
        parent == null
            ? TraceContext.sampled(1, number, number)
            : TraceContext.sampled(parent.traceHigh(), parent.traceLow(), number);
    Recorded span = new Recorded(name, kind, parent, self);
    spans.add(span);
    return span;
  }

  @Override
  public TraceSpan beginAs(TraceContext self, String name) {
    Recorded span = new Recorded(name, SpanKind.INTERNAL, null, self);
    spans.add(span);
    return span;
  }

  @Override
  public @Nullable TraceContext current() {
    return CURRENT.get();
  }

  @Override
  public <T> T within(TraceContext span, Supplier<T> work) {
    TraceContext before = CURRENT.get();
    CURRENT.set(span);
    try {
      return work.get();
    } finally {
      CURRENT.set(before);
    }
  }
}
