package io.shardgrid.node;

import io.shardgrid.health.SecurityFacts;
import io.shardgrid.health.SecurityFacts.Item;
import io.shardgrid.health.SecurityFacts.State;
import io.shardgrid.key.CertificateReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Tells how a node is protected. Thread-safe. */
final class Protection {

  private final NodeSettings settings;
  private final Guards guards;

  Protection(NodeSettings settings, Guards guards) {
    this.settings = settings;
    this.guards = guards;
  }

  /**
   * As it is now: what listens to this machine only needs no protection.
   *
   * @param certificates those of the node
   */
  SecurityFacts facts(List<CertificateReport> certificates, Instant now) {
    String host = settings.grid().engine().member().listenHost();
    boolean isLocal = Exposure.isThisMachineOnly(host);
    List<Item> items = new ArrayList<>();
    items.add(
        isLocal
            ? new Item("reach", State.ON, "All ports listen to this machine only: host=" + host)
            : new Item(
                "reach", State.OFF, "All ports listen to whoever can come there: host=" + host));
    items.add(
        item(
            "users",
            guards.access().book().isRequired(),
            isLocal,
            "grid.node.access: who may do what"));
    items.add(item("clients", settings.tls().isRespOn(), isLocal, "grid.node.tls.resp: TLS"));
    items.add(item("pages", settings.tls().isHttpOn(), isLocal, "grid.node.tls.http: https"));
    boolean isTls = settings.grid().engine().security().tls().isPresent();
    items.add(item("nodes", isTls, isLocal, "grid.tls: both ends show certificates"));
    boolean isSecret = settings.grid().engine().security().secret().isPresent();
    items.add(
        item("joining", isTls || isSecret, isLocal, "grid.cluster-secret, grid.tls: who may join"));
    certificates.forEach(certificate -> items.add(certificate(certificate, now)));
    return new SecurityFacts(items);
  }

  private static Item item(String name, boolean isOn, boolean isLocal, String text) {
    State off = isLocal ? State.NOT_NEEDED : State.OFF;
    return new Item(name, isOn ? State.ON : off, text);
  }

  private Item certificate(CertificateReport certificate, Instant now) {
    long days = certificate.daysLeft(now);
    boolean isExpiring =
        now.plus(settings.tls().files().expiryWarning()).isAfter(certificate.until());
    String trouble = certificate.trouble() == null ? "" : ", trouble=" + certificate.trouble();
    return new Item(
        "certificate of " + certificate.settings(),
        isExpiring ? State.EXPIRING : State.ON,
        "Days until it expires: days=%d, subject=%s%s"
            .formatted(days, certificate.subject(), trouble));
  }
}
