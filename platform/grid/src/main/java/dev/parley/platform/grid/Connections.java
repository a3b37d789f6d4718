package dev.parley.platform.grid;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/**
 * Who may connect to what. Clients of neighbours are declared interfaces whose address is
 * configuration; everything else that can be told an address goes through {@code platform/egress}.
 */
final class Connections {
    /** Types with which a connection can be made to any address. */
    private static final Set<String> OPENERS =
            Set.of(
                    "java.net.http.HttpClient",
                    "java.net.HttpURLConnection",
                    "java.net.URLConnection",
                    "java.net.Socket",
                    "java.net.DatagramSocket",
                    "java.nio.channels.SocketChannel",
                    "java.nio.channels.AsynchronousSocketChannel",
                    "javax.net.SocketFactory",
                    "javax.net.ssl.SSLSocketFactory",
                    "jakarta.ws.rs.client.ClientBuilder",
                    "jakarta.ws.rs.client.Client",
                    "org.eclipse.microprofile.rest.client.RestClientBuilder",
                    "io.quarkus.rest.client.reactive.QuarkusRestClientBuilder",
                    "io.vertx.core.http.HttpClient",
                    "io.vertx.core.http.WebSocketClient",
                    "io.vertx.core.net.NetClient",
                    "io.vertx.ext.web.client.WebClient",
                    "io.vertx.mutiny.core.http.HttpClient",
                    "io.vertx.mutiny.core.http.WebSocketClient",
                    "io.vertx.mutiny.core.net.NetClient",
                    "io.vertx.mutiny.ext.web.client.WebClient");

    private static final Set<String> METHODS_OF_URL =
            Set.of("openStream", "openConnection", "getContent");

    private Connections() {}

    static ArchRule areMadeBy(Set<String> allowed) {
        return noClasses()
                .that(
                        DescribedPredicate.describe(
                                "have no leave to connect by themselves",
                                (JavaClass type) -> !allowed.contains(outermost(type))))
                .should()
                .accessTargetWhere(
                        DescribedPredicate.describe(
                                "something that opens a connection", Connections::opens));
    }

    private static boolean opens(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getFullName();
        return OPENERS.contains(owner)
                || (owner.equals("java.net.URL")
                        && METHODS_OF_URL.contains(access.getTarget().getName()))
                || (owner.equals("io.vertx.core.Vertx")
                        && access.getTarget()
                                .getName()
                                .matches("create(Http|Net|WebSocket)Client.*"));
    }

    private static String outermost(JavaClass type) {
        String name = type.getFullName();
        int dollar = name.indexOf('$');
        return dollar < 0 ? name : name.substring(0, dollar);
    }
}
