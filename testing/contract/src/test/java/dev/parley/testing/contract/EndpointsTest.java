package dev.parley.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jboss.jandex.Indexer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointsTest {
    /** Of what Quarkus has, as much as says that there is an endpoint. */
    private static final List<String> SOURCES =
            List.of(
                    "package jakarta.ws.rs; public @interface Path { String value(); }",
                    "package jakarta.ws.rs; public @interface GET {}",
                    "package io.quarkus.vertx.web; public @interface Route { String path(); }",
                    "package io.quarkus.websockets.next;"
                            + " public @interface WebSocket { String path(); }",
                    "package org.eclipse.microprofile.graphql; public @interface GraphQLApi {}",
                    """
                    package a;
                    @jakarta.ws.rs.Path("/v1/a/{id: .+}")
                    class Resource { @jakarta.ws.rs.GET void get() {} }
                    """,
                    "package a; class Routes { @io.quarkus.vertx.web.Route(path = \"/b\") void b()"
                            + " {} }",
                    "package a; @io.quarkus.websockets.next.WebSocket(path = \"/c\") class Socket"
                            + " {}",
                    "package a; @org.eclipse.microprofile.graphql.GraphQLApi class Graph {}");

    @Test
    void findsEndpointsOfEveryKind(@TempDir Path folder) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> arguments =
                new java.util.ArrayList<>(List.of("-d", folder.toString(), "-proc:none"));
        for (int i = 0; i < SOURCES.size(); i++) {
            String name = SOURCES.get(i).replaceAll("(?s).*(?:@interface|class) (\\w+) .*", "$1");
            Path source = Files.createDirectories(folder.resolve("" + i)).resolve(name + ".java");
            arguments.add(Files.writeString(source, SOURCES.get(i)).toString());
        }
        assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();

        Indexer indexer = new Indexer();
        Endpoints.add(folder, indexer);

        assertThat(Endpoints.of(indexer.complete()))
                .containsExactlyInAnyOrder(
                        "GET /v1/a/{id}", "ROUTE /b", "WEBSOCKET /c", "GRAPHQL a.Graph");
    }
}
