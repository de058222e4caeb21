package io.shardgrid.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Optional;

/** Accepts the records that an actor takes as messages: those that implement a {@code Command}. */
final class CommandRecords extends DescribedPredicate<JavaClass> {

  CommandRecords() {
    super("are records of an actor's Command");
  }

  @Override
  public boolean test(JavaClass type) {
    return type.isRecord() && actorOf(type).isPresent();
  }

  /** The class around the {@code Command} that a message implements. */
  static Optional<JavaClass> actorOf(JavaClass message) {
    return message.getAllRawInterfaces().stream()
        .filter(type -> type.getSimpleName().equals("Command"))
        .flatMap(command -> command.getEnclosingClass().stream())
        .findFirst();
  }
}
