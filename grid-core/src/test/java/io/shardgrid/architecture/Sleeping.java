package io.shardgrid.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.util.concurrent.TimeUnit;

/** Accepts calls that make the calling thread sleep. */
final class Sleeping extends DescribedPredicate<JavaMethodCall> {

  Sleeping() {
    super("the thread sleeps");
  }

  @Override
  public boolean test(JavaMethodCall call) {
    return call.getTarget().getName().equals("sleep")
        && (call.getTargetOwner().isAssignableTo(Thread.class)
            || call.getTargetOwner().isAssignableTo(TimeUnit.class));
  }
}
