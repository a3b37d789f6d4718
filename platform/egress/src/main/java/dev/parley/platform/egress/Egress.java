package dev.parley.platform.egress;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Asks addresses that someone outside of the installation named. A host's name is resolved once,
 * each of its addresses is checked, and the connection is made to one that was checked, so that no
 * second resolution can lead elsewhere; the name stays what the certificate is checked against.
 * Redirects are not followed, and what comes back is bounded in time and size.
 */
@ApplicationScoped
public class Egress {
    private final Vertx vertx;
    private final EgressPolicy policy;
    private final AddressResolver resolver;
    private final Predicate<InetAddress> isPublic;
    private final HttpClient client;
    private final AtomicInteger open = new AtomicInteger();

    @Inject
    Egress(Vertx vertx, EgressPolicy policy) {
        this(
                vertx,
                policy,
                host -> List.of(InetAddress.getAllByName(host)),
                PublicAddresses::contain);
    }

    Egress(
            Vertx vertx,
            EgressPolicy policy,
            AddressResolver resolver,
            Predicate<InetAddress> isPublic) {
        this.vertx = vertx;
        this.policy = policy;
        this.resolver = resolver;
        this.isPublic = isPublic;
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setProtocolVersion(HttpVersion.HTTP_1_1)
                                .setConnectTimeout((int) policy.connectTimeout().toMillis())
                                .setKeepAlive(false)
                                .setForceSni(true)
                                .setMaxRedirects(0)
                                .setDecompressionSupported(false)
                                .setMaxHeaderSize(policy.largestHead())
                                .setMaxInitialLineLength(policy.largestHead())
                                .setMaxChunkSize(8192));
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /**
     * Whether an address could be asked, as far as can be told without resolving its name: for
     * whoever stores an address now and asks it later.
     */
    public boolean isAcceptable(String url) {
        return switch (target(url)) {
            case EgressTarget.Parsed.Target parsed ->
                    isVouchedFor(parsed.target())
                            || parsed.target().literal() == null
                            || isPublic.test(parsed.target().literal());
            case EgressTarget.Parsed.Refused ignored -> false;
        };
    }

    /** Whether the operator vouches for an address, so that it may be asked though not public. */
    public boolean isOperators(String url) {
        return EgressTarget.parse(url) instanceof EgressTarget.Parsed.Target parsed
                && isVouchedFor(parsed.target());
    }

    /** Asks, unless the address is refused; never fails, and cancelling ends the exchange. */
    public Uni<EgressOutcome> send(EgressRequest request) {
        return switch (target(request.url())) {
            case EgressTarget.Parsed.Refused refused ->
                    Uni.createFrom().item(new EgressOutcome.Refused(refused.why()));
            case EgressTarget.Parsed.Target parsed ->
                    Uni.createFrom().deferred(() -> exchange(request, parsed.target()));
        };
    }

    private Uni<EgressOutcome> exchange(EgressRequest request, EgressTarget target) {
        if (open.incrementAndGet() > policy.mostOpen()) {
            open.decrementAndGet();
            return Uni.createFrom().item(new EgressOutcome.Refused(EgressRefusal.BUSY));
        }
        Exchange exchange = new Exchange(vertx, client, policy, request, target);
        Thread.ofVirtual().start(() -> connect(exchange, target));
        return exchange.outcome().onTermination().invoke(open::decrementAndGet);
    }

    private void connect(Exchange exchange, EgressTarget target) {
        try {
            InetAddress literal = target.literal();
            List<InetAddress> addresses =
                    literal == null ? resolver.resolve(target.host()) : List.of(literal);
            if (addresses.isEmpty()) {
                exchange.refuse(EgressRefusal.UNRESOLVED);
            } else if (!isVouchedFor(target) && !addresses.stream().allMatch(isPublic)) {
                exchange.refuse(EgressRefusal.NOT_PUBLIC);
            } else {
                exchange.begin(addresses.getFirst());
            }
        } catch (UnknownHostException unknown) {
            exchange.refuse(EgressRefusal.UNRESOLVED);
        }
    }

    private EgressTarget.Parsed target(String url) {
        EgressTarget.Parsed parsed = EgressTarget.parse(url);
        if (parsed instanceof EgressTarget.Parsed.Target found && !isVouchedFor(found.target())) {
            if (!policy.schemes().contains(found.target().scheme())) {
                return new EgressTarget.Parsed.Refused(EgressRefusal.SCHEME);
            }
            if (!policy.ports().contains(found.target().port())) {
                return new EgressTarget.Parsed.Refused(EgressRefusal.PORT);
            }
        }
        return parsed;
    }

    private boolean isVouchedFor(EgressTarget target) {
        return policy.operatorOrigins().contains(target.origin());
    }
}
