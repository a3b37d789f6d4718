package dev.parley.identity.storage.account;

import dev.parley.identity.business.account.Organization;
import dev.parley.identity.business.account.Organizations;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class PanacheOrganizations implements Organizations, PanacheRepositoryBase<OrganizationRow, UUID> {

    @Override
    public void add(Organization organization) {
        persist(OrganizationRow.of(organization));
        flush();
    }

    /** The update takes each row once, however many replicas start together. */
    @Override
    @SuppressWarnings("unchecked") // the query names the class of its results
    public List<Organization> takeUnannounced(Instant now) {
        List<OrganizationRow> rows =
                getEntityManager()
                        .createNativeQuery(
                                """
                                update organization set announced_at = :now
                                where announced_at is null
                                returning *
                                """,
                                OrganizationRow.class)
                        .setParameter("now", now)
                        .getResultList();
        return rows.stream().map(OrganizationRow::toDomain).toList();
    }
}
