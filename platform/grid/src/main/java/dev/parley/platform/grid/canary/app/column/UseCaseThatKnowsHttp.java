package dev.parley.platform.grid.canary.app.column;

import java.net.http.HttpRequest;

/** Speaks HTTP where only steps and rules belong. */
public record UseCaseThatKnowsHttp(HttpRequest request) {}
