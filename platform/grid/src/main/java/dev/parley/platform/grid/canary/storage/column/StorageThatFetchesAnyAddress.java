package dev.parley.platform.grid.canary.storage.column;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** Breaks: addresses from outside are asked through the egress guard alone. */
final class StorageThatFetchesAnyAddress {
    InputStream fetch(String address) throws IOException {
        return URI.create(address).toURL().openStream();
    }
}
