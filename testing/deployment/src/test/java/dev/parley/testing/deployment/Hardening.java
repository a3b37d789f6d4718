package dev.parley.testing.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/** What every pod of an overlay has to give up, and has to ask for. */
final class Hardening {
    /** Its image writes its configuration into itself. */
    private static final Set<String> WRITABLE = Set.of("kafka");

    private Hardening() {}

    static List<String> problems(Cluster cluster) {
        Problems problems = new Problems();
        for (ObjectNode workload : cluster.workloads()) {
            String where = Cluster.nameOf(workload);
            JsonNode pod = Cluster.pod(workload);
            problems.unless(pod.at("/securityContext/runAsNonRoot").asBoolean(), where, "is root");
            problems.unless(pod.at("/securityContext/runAsUser").asInt() > 0, where, "has no user");
            problems.unless(
                    pod.at("/securityContext/seccompProfile/type")
                            .asText()
                            .equals("RuntimeDefault"),
                    where,
                    "has no seccomp profile");
            problems.unless(
                    isFalse(pod.path("automountServiceAccountToken")),
                    where,
                    "holds a token of the cluster");
            problems.unless(
                    isFalse(pod.path("enableServiceLinks")),
                    where,
                    "gets variables that nobody wrote");
            Cluster.containersOf(workload).forEach(it -> container(problems, where, it));
        }
        return problems.found();
    }

    private static void container(Problems problems, String where, JsonNode container) {
        JsonNode context = container.path("securityContext");
        problems.unless(
                isFalse(context.path("allowPrivilegeEscalation")), where, "may gain privileges");
        problems.unless(
                context.path("readOnlyRootFilesystem").asBoolean() || WRITABLE.contains(where),
                where,
                "may write to its root");
        problems.unless(
                Yaml.texts(context.at("/capabilities/drop")).equals(List.of("ALL"))
                        && context.at("/capabilities/add").isMissingNode(),
                where,
                "keeps capabilities");
        String image = container.path("image").asText();
        int tag = image.lastIndexOf(':');
        problems.unless(
                tag > image.lastIndexOf('/') && !image.endsWith(":latest"),
                where,
                image + " is whatever is newest");
        BigDecimal asked = amount(container.at("/resources/requests/memory"));
        BigDecimal most = amount(container.at("/resources/limits/memory"));
        problems.unless(
                asked.signum() > 0 && most.compareTo(asked) >= 0,
                where,
                "asks for " + asked + " bytes and may have " + most);
        problems.unless(
                amount(container.at("/resources/requests/cpu")).signum() > 0,
                where,
                "asks for no processor");
    }

    private static boolean isFalse(JsonNode value) {
        return value.isBoolean() && !value.asBoolean();
    }

    private static BigDecimal amount(JsonNode quantity) {
        return quantity.isMissingNode()
                ? BigDecimal.ZERO
                : Quantity.parse(quantity.asText()).getNumericalAmount();
    }
}
