package dev.parley.identity.api.token;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** RFC 7517's key set, for the OpenAPI document alone. */
@Schema(name = "JsonWebKeySet")
record KeySet(List<Key> keys) {
    /** An elliptic curve's public key (RFC 7518, 6.2). */
    @Schema(name = "JsonWebKey")
    record Key(String kty, String kid, String use, String alg, String crv, String x, String y) {}
}
