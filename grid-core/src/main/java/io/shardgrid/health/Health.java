package io.shardgrid.health;

import io.shardgrid.key.MemberView;
import io.shardgrid.key.MemberView.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How a cluster is, and why. Immutable. This is the one place where that is decided.
 *
 * @param reasons what keeps it from being healthy, the worst first; none if it is
 */
public record Health(HealthWord word, List<HealthReason> reasons) {

  private static final int NUMBERS_SHOWN_MAX = 8;

  public Health {
    reasons = List.copyOf(reasons);
  }

  /** What these facts amount to: the worst of what each of them says. */
  public static Health of(HealthFacts facts) {
    List<HealthReason> reasons = new ArrayList<>();
    judgeShards(facts, reasons);
    facts.members().forEach(member -> judgeMember(member, reasons));
    judgeMoves(facts, reasons);
    if (!facts.unready().isEmpty()) {
      reasons.add(
          new HealthReason(
              HealthCause.NODE_NOT_READY,
              "The node that was asked cannot serve: missing="
                  + String.join("; ", facts.unready())));
    }
    reasons.sort(Comparator.comparing(HealthReason::cause));
    HealthWord worst =
        reasons.stream()
            .map(reason -> reason.cause().word())
            .max(Comparator.naturalOrder())
            .orElse(HealthWord.HEALTHY);
    return new Health(worst, reasons);
  }

  private static void judgeShards(HealthFacts facts, List<HealthReason> reasons) {
    HealthFacts.Shards shards = facts.shards();
    if (!shards.lost().isEmpty()) {
      reasons.add(
          new HealthReason(
              HealthCause.SHARDS_LOST,
              "The last copies of shards are gone, until accept-loss lets them begin anew: "
                  + "shards=%d, numbers=%s".formatted(shards.lost().size(), numbers(shards))));
    }
    if (shards.unplaced() > 0) {
      reasons.add(
          new HealthReason(
              HealthCause.SHARDS_UNPLACED,
              "It is not known where shards are: shards=" + shards.unplaced()));
    }
    long eligible = facts.members().stream().filter(member -> member.view().isEligible()).count();
    if (eligible < shards.copies()) {
      reasons.add(
          new HealthReason(
              HealthCause.MEMBERS_TOO_FEW,
              "Fewer members take data than a shard should have copies: members=%d, copies=%d"
                  .formatted(eligible, shards.copies())));
    }
    if (shards.thin() > 0) {
      reasons.add(
          new HealthReason(
              HealthCause.COPIES_MISSING,
              "Shards have fewer copies than they should: shards=%d, copies=%d"
                  .formatted(shards.thin(), shards.copies())));
    }
  }

  private static String numbers(HealthFacts.Shards shards) {
    String first =
        shards.lost().stream()
            .limit(NUMBERS_SHOWN_MAX)
            .map(String::valueOf)
            .collect(Collectors.joining(" "));
    return shards.lost().size() > NUMBERS_SHOWN_MAX ? first + " ..." : first;
  }

  private static void judgeMember(HealthFacts.Member member, List<HealthReason> reasons) {
    MemberView view = member.view();
    if (view.standing() == Standing.UNREACHABLE) {
      reasons.add(
          new HealthReason(
              HealthCause.MEMBER_UNREACHABLE, "The cluster misses a member: node=" + view.name()));
    } else if (!member.isAnswering() && view.standing() != Standing.JOINING) {
      reasons.add(
          new HealthReason(
              HealthCause.MEMBER_SILENT, "A member has not answered: node=" + view.name()));
    } else if (view.standing() == Standing.JOINING) {
      reasons.add(
          new HealthReason(HealthCause.MEMBER_JOINING, "A member joins: node=" + view.name()));
    } else if (view.standing() == Standing.LEAVING) {
      reasons.add(
          new HealthReason(HealthCause.MEMBER_LEAVING, "A member leaves: node=" + view.name()));
    }
  }

  private static void judgeMoves(HealthFacts facts, List<HealthReason> reasons) {
    HealthFacts.Moves moves = facts.moves();
    if (moves == null) {
      reasons.add(
          new HealthReason(
              HealthCause.AUTHORITY_SILENT,
              "The authority over the placement has not answered: moves=unknown"));
      return;
    }
    boolean isHeldUp = (moves.isPaused() && moves.waiting() > 0) || moves.cancelled() > 0;
    if (isHeldUp) {
      reasons.add(
          new HealthReason(
              HealthCause.MOVES_HELD_UP,
              "Moves are held up until migrate resume or start: waiting=%d, cancelled=%d"
                  .formatted(moves.waiting(), moves.cancelled())));
    }
    if (moves.running() > 0 || (moves.waiting() > 0 && !moves.isPaused())) {
      reasons.add(
          new HealthReason(
              HealthCause.SHARDS_MOVING,
              "Shards move: running=%d, waiting=%d".formatted(moves.running(), moves.waiting())));
    }
  }
}
