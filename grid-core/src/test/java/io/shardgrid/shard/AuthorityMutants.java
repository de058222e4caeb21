package io.shardgrid.shard;

import java.util.List;

/** The rules of the register and of those who write to it, each broken. */
final class AuthorityMutants {

  static final List<Mutant> ALL =
      List.of(
          new Mutant(
              "R1b an uncommitted placement is acted on",
              50,
              "placement.Authority",
              "    round = new Round(new Accept(term(), number, rounds, under, entries, withMemo));\n    outbox.accept(members.ids(), round);\n",
              "    round = new Round(new Accept(term(), number, rounds, under, entries, withMemo));\n    outbox.accept(members.ids(), round);\n    for (NodeId node : members.ids()) {\n      if (!entries.isEmpty() && charter != null) {\n        effects.sendPlaced(node, new Placed(term(), charter, entries));\n      }\n    }\n"),
          new Mutant(
                  "R1b an authority goes on although it is refused",
                  50,
                  "placement.Authority",
                  "    if (phase != AuthorityPhase.PREPARING) {\n      end(",
                  "    if (phase != AuthorityPhase.PREPARING && rounds > 0) {\n      return;\n    }\n    if (phase != AuthorityPhase.PREPARING) {\n      end(")
              .and(
                  "placement.Register",
                  "      return new Refused(request.term(), request.authority(), promisedTerm);",
                  "      if (request instanceof Accept old) {\n        table.merge(old.entries());\n        return new Accepted(old.term(), old.authority(), old.round());\n      }\n      return new Refused(request.term(), request.authority(), promisedTerm);"),
          new Mutant(
              "R1 two authorities share a ballot",
              50,
              "placement.Register",
              "        || (request.term() == promisedTerm && request.authority() == promisedAuthority);",
              "        || request.term() == promisedTerm;"),
          new Mutant(
              "R1 a register keeps what came last, not what is newest",
              500,
              "placement.PlacementTable",
              "    boolean isNews = entry.isNewerThan(byShard.get(entry.shard()));",
              "    boolean isNews = !entry.equals(byShard.get(entry.shard()));"),
          new Mutant(
                  "R3 a node that is not in sync is promoted",
                  50,
                  "placement.Government",
                  "            entry.inSync().stream()\n                .filter(node -> !crashed.contains(node))",
                  "            members.ids().stream()\n                .filter(node -> !crashed.contains(node))")
              .and("placement.Agenda", "          && current.inSync().contains(primary)\n", ""),
          new Mutant(
                  "R4 a removal takes out the primary",
                  50,
                  "placement.Agenda",
                  "return isCurrent(current, members) && !current.isLost() && !node.equals(current.primary());",
                  "return isCurrent(current, members) && !current.isLost();")
              .and(
                  "placement.Moves",
                  "      requests.putRemoval(entry, surplus.get(0));",
                  "      requests.putRemoval(entry, requireNonNull(entry.primary()));"),
          new Mutant(
                  "R4 whoever is planned is put in without a copy",
                  50,
                  "placement.Moves",
                  "      requests.askCopy(requireNonNull(entry.primary()), entry.shard(), entry.seat(), target);",
                  "      requests.putAddition(entry, target);")
              .and(
                  "placement.Moves",
                  "    /** Asks for another primary. */",
                  "    void putAddition(PlacementEntry base, NodeId node);\n\n    /** Asks for another primary. */")
              .and(
                  "placement.Government",
                  "  @Override\n  public void putRemoval(",
                  "  @Override\n  public void putAddition(PlacementEntry base, NodeId node) {\n    agenda.putAddition(base, node);\n  }\n\n  @Override\n  public void putRemoval("),
          new Mutant(
              "R1 a removed primary's seat goes on under the next one",
              50,
              "placement.Succession",
              "    return named(entry.shard(), entry, epoch, next, inSync);",
              "    return new PlacementEntry(\n        entry.shard(), epoch, entry.seat(), entry.prevSeat(), next, inSync);"),
          new Mutant(
              "R9 a loss is accepted at once",
              1_000,
              "placement.Government",
              "boolean isOver = since != null && nowNanos - since >= isolation.toNanos();",
              "boolean isOver = true;"),
          new Mutant(
                  "R1a a majority of promises is enough",
                  1_500,
                  "placement.Candidacy",
                  "return promises.keySet().containsAll(members);",
                  "return 2 * promises.size() > members.size();")
              .inPlacement(),
          new Mutant(
                  "R1a an authority takes the first promise's entries",
                  20,
                  "placement.Candidacy",
                  "    promises.values().forEach(promise -> newest.merge(promise.entries()));",
                  "    promises.values().stream().filter(promise -> !promise.entries().isEmpty()).findFirst()\n        .ifPresent(promise -> newest.merge(promise.entries()));")
              .inPlacement(),
          new Mutant(
                  "R1a what was found is not written again",
                  20,
                  "placement.Authority",
                  "    write(charter, entries, candidacy.latestMemo());\n  }\n\n  private void found()",
                  "    write(charter, entries, candidacy.latestMemo());\n    commit(java.util.Objects.requireNonNull(round).request());\n  }\n\n  private void found()")
              .inPlacement(),
          new Mutant(
                  "R1b a change is committed by two registers",
                  20,
                  "placement.Round",
                  "return 2 * accepted > members.size();",
                  "return accepted >= Math.min(2, members.size());")
              .inPlacement(),
          new Mutant(
                  "R1c the table is not written again after a removal",
                  100,
                  "placement.Authority",
                  "      agenda.putTable();\n",
                  "")
              .inPlacement());

  private AuthorityMutants() {}
}
