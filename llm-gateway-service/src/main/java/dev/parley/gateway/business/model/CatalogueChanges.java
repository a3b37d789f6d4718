package dev.parley.gateway.business.model;

import java.util.List;

/** What changed in the catalogue, in the order of the commits. */
public interface CatalogueChanges {
    /** The changes after a number, the first ones first. */
    List<CatalogueChange> after(long sequence, int most);

    /** The newest change of each thing. */
    List<CatalogueChange> inForce();
}
