package io.shardgrid.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;

/**
 * The packages of a module and the packages of ours that each of them may use. A package without a
 * row fails the check: whoever adds one decides what it may use.
 */
public final class Rooms extends ArchCondition<JavaClass> {

  private static final String ROOT = "io.shardgrid";
  private static final Set<String> OPEN_TO_ALL = Set.of("io.shardgrid.key", "io.shardgrid.failure");

  private final Map<String, Set<String>> arrows;

  /**
   * Full names of packages, each with the full names of those it may use besides {@code key} and
   * {@code failure}, which are open to all.
   */
  public Rooms(Map<String, Set<String>> arrows) {
    super("use only the packages that theirs has an arrow to");
    this.arrows = arrows;
  }

  static boolean isOurs(String packageName) {
    return packageName.equals(ROOT) || packageName.startsWith(ROOT + ".");
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    Set<String> allowed = arrows.get(type.getPackageName());
    if (allowed == null) {
      events.add(
          SimpleConditionEvent.violated(
              type, "%s is in a package without a row".formatted(type.getName())));
      return;
    }
    for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
      String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
      if (isOurs(target)
          && !target.equals(type.getPackageName())
          && !OPEN_TO_ALL.contains(target)
          && !allowed.contains(target)) {
        events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
      }
    }
  }
}
