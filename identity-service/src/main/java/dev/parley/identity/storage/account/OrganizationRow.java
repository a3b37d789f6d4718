package dev.parley.identity.storage.account;

import dev.parley.identity.business.account.Organization;
import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.UserId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An organization as it is stored. */
@Entity
@Table(name = "organization")
class OrganizationRow {
    @Id UUID id;

    @Column String kind;

    @Column String plan;

    @Column String name;

    @Column(name = "created_by")
    @Nullable UUID createdBy;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "announced_at")
    @Nullable Instant announcedAt;

    static OrganizationRow of(Organization organization) {
        OrganizationRow row = new OrganizationRow();
        row.id = organization.id().value();
        row.kind = organization.kind().text();
        row.plan = organization.plan().value();
        row.name = organization.name();
        row.createdBy = organization.createdBy().map(UserId::value).orElse(null);
        row.createdAt = organization.createdAt();
        row.announcedAt = organization.createdAt();
        return row;
    }

    Organization toDomain() {
        return new Organization(
                new OrganizationId(id),
                Organization.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                new Organization.PlanName(plan),
                name,
                Optional.ofNullable(createdBy).map(UserId::new),
                createdAt);
    }
}
