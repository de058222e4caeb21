package io.shardgrid.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Demands that the actor of a message has a method {@code on<Message>}. */
final class HaveHandler extends ArchCondition<JavaClass> {

  HaveHandler() {
    super("have a method on<Message> in their actor");
  }

  @Override
  public void check(JavaClass message, ConditionEvents events) {
    String handler = "on" + message.getSimpleName();
    CommandRecords.actorOf(message)
        .filter(actor -> actor.getMethods().stream().noneMatch(m -> m.getName().equals(handler)))
        .ifPresent(
            actor ->
                events.add(
                    SimpleConditionEvent.violated(
                        message, "%s has no method %s".formatted(actor.getName(), handler))));
  }
}
