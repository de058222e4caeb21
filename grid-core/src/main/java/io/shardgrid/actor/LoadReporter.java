package io.shardgrid.actor;

import com.sun.management.OperatingSystemMXBean;
import io.shardgrid.autoscale.LoadReport;
import io.shardgrid.autoscale.LoadReport.Bytes;
import io.shardgrid.autoscale.LoadReport.Means;
import io.shardgrid.autoscale.LoadReport.Work;
import io.shardgrid.key.NodeId;
import io.shardgrid.shard.CopyPace;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Tells the autoscaler, again and again, how its node is: processor time, bytes, operations, and
 * the application's own numbers.
 *
 * <p>State: what was counted at the last report, confined to this actor.
 */
final class LoadReporter extends AbstractBehavior<LoadReporter.Command> {

  /** Everything a reporter understands. */
  sealed interface Command {}

  /** What the node holds. */
  record Loaded(ShardHost.Load load) implements Command {}

  /** Time for a report. */
  record Tick() implements Command {}

  /**
   * What a reporter needs of the node around it.
   *
   * @param bytesMax bytes that the node may hold
   * @param pace knows how long operations take
   * @param gauges the application's own numbers as they are now
   */
  record Surroundings(
      NodeId self,
      Duration interval,
      long bytesMax,
      CopyPace pace,
      Means means,
      Supplier<Map<String, Double>> gauges,
      ActorRef<ShardHost.Command> host,
      ActorRef<Autoscaler.Command> autoscaler,
      LongSupplier nanoClock) {}

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Surroundings around;
  private final ActorRef<ShardHost.Load> loads;
  private final OperatingSystemMXBean machine =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final long startNanos;
  private long operations;
  private long countedNanos;

  static Behavior<Command> create(Surroundings around) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new LoadReporter(context, timers, around)));
  }

  private LoadReporter(
      ActorContext<Command> context, TimerScheduler<Command> timers, Surroundings around) {
    super(context);
    this.around = around;
    this.loads = context.messageAdapter(ShardHost.Load.class, Loaded::new);
    this.startNanos = around.nanoClock().getAsLong();
    this.countedNanos = startNanos;
    timers.startTimerWithFixedDelay(new Tick(), around.interval());
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Tick.class, this::onTick)
        .onMessage(Loaded.class, this::onLoaded)
        .build();
  }

  private Behavior<Command> onTick(Tick tick) {
    around.host().tell(new ShardHost.AskLoad(loads));
    return this;
  }

  private Behavior<Command> onLoaded(Loaded loaded) {
    ShardHost.Load load = loaded.load();
    long nowNanos = around.nanoClock().getAsLong();
    double seconds = Math.max(1, nowNanos - countedNanos) / NANOS_PER_SECOND;
    double rate = Math.max(0, load.operations() - operations) / seconds;
    operations = load.operations();
    countedNanos = nowNanos;
    around
        .autoscaler()
        .tell(
            new Autoscaler.Reported(
                new LoadReport(
                    around.self(),
                    Duration.ofNanos(nowNanos - startNanos).toMillis(),
                    machine.getProcessCpuLoad(),
                    new Bytes(load.liveBytes(), load.heldBytes(), around.bytesMax()),
                    new Work(
                        rate,
                        around.pace().latency().slowNanos() / NANOS_PER_MILLI,
                        load.uncommitted()),
                    around.gauges().get(),
                    around.means())));
    return this;
  }
}
