package dev.parley.testing.nativeimage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LocalVariableNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The types of ours that become JSON, or are made from it, where no signature of an endpoint says
 * so: those that Quarkus cannot know by itself. What generic containers hold is known where a
 * variable's or a record component's type tells it.
 */
record JsonTypes(Code code) {
    private static final Pattern OURS = Pattern.compile("L(dev/parley/[\\w/$]+)");

    private static final Set<String> WRITERS =
            Set.of("writeValue", "writeValueAsString", "writeValueAsBytes", "valueToTree");
    private static final Set<String> READERS =
            Set.of(
                    "readValue",
                    "readValues",
                    "readerFor",
                    "treeToValue",
                    "convertValue",
                    "readEntity",
                    "mapTo",
                    "decodeValue");

    private static final Pattern WRITTEN_BY_HAND =
            Pattern.compile("MessageBodyWriter<L(dev/parley/[\\w/$]+);>");

    /** Names of classes; those that begin with {@code ?} are places where nothing can be told. */
    Set<String> names() {
        Set<String> roots = new TreeSet<>();
        code.calls()
                .forEach(
                        call -> {
                            written(call, roots);
                            if (READERS.contains(call.instruction().name)) {
                                read(call.place(), roots);
                            }
                        });
        roots.removeAll(writtenByHand());
        return withAllThatTheyHold(roots);
    }

    /** Answers whose bytes a class of ours makes. */
    private Set<String> writtenByHand() {
        Set<String> names = new TreeSet<>();
        for (ClassNode node : code.classes().values()) {
            if (node.signature != null) {
                Matcher matcher = WRITTEN_BY_HAND.matcher(node.signature);
                while (matcher.find()) {
                    names.add(matcher.group(1));
                }
            }
        }
        return names;
    }

    /** What a method reads it names, or, where it is given a class, those who call it do. */
    private void read(Code.Place place, Set<String> types) {
        literals(place, types);
        if (place.method().desc.contains("Ljava/lang/Class;")) {
            code.calls()
                    .filter(it -> it.instruction().owner.equals(place.owner().name))
                    .filter(it -> it.instruction().name.equals(place.method().name))
                    .filter(it -> it.instruction().desc.equals(place.method().desc))
                    .forEach(it -> literals(it.place(), types));
        }
    }

    private void written(Code.Call call, Set<String> types) {
        int argument = writtenArgument(call.instruction());
        if (argument < 0) {
            return;
        }
        Set<String> found = new Flow(code).typesOf(call, argument);
        types.addAll(found);
        if (argument == 0
                && call.instruction().getPrevious() instanceof VarInsnNode variable
                && call.place().method().localVariables != null) {
            for (LocalVariableNode local : call.place().method().localVariables) {
                if (local.index == variable.var && local.signature != null) {
                    types.addAll(ours(local.signature));
                }
            }
        }
    }

    /** Counted from the last argument; -1 where nothing is written. */
    private static int writtenArgument(MethodInsnNode call) {
        boolean jackson = call.owner.startsWith("com/fasterxml/jackson/databind/Object");
        if (jackson && WRITERS.contains(call.name)) {
            return 0;
        }
        if (jackson && call.name.equals("convertValue")) {
            return 1;
        }
        if (call.owner.startsWith("io/vertx/core/json/Json") && call.name.startsWith("encode")) {
            return 0;
        }
        boolean answer =
                call.owner.startsWith("jakarta/ws/rs/core/Response")
                        || call.owner.startsWith("org/jboss/resteasy/reactive/RestResponse");
        return answer
                        && (call.name.equals("ok") || call.name.equals("entity"))
                        && call.desc.startsWith("(Ljava/lang/Object;")
                ? Type.getArgumentCount(call.desc) - 1
                : -1;
    }

    private static void literals(Code.Place place, Set<String> types) {
        place.method()
                .instructions
                .forEach(
                        it -> {
                            if (it instanceof LdcInsnNode literal
                                    && literal.cst instanceof Type type) {
                                types.addAll(ours(type.getDescriptor()));
                            }
                        });
    }

    private Set<String> withAllThatTheyHold(Set<String> roots) {
        Set<String> names = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            String name = open.pop();
            if (name.startsWith("?")) {
                names.add(name);
                continue;
            }
            ClassNode node = code.find(name).orElse(null);
            if (node == null || (isPlainEnum(node) && !roots.contains(name))) {
                continue;
            }
            if (names.add(name.replace('/', '.'))) {
                open.addAll(heldBy(node));
            }
        }
        return names;
    }

    /** An enum's constants are known to an image; only what it says of its JSON has to be read. */
    private static boolean isPlainEnum(ClassNode node) {
        return (node.access & Opcodes.ACC_ENUM) != 0
                && !saysJson(node.visibleAnnotations)
                && node.methods.stream().noneMatch(it -> saysJson(it.visibleAnnotations))
                && node.fields.stream().noneMatch(it -> saysJson(it.visibleAnnotations));
    }

    private static boolean saysJson(@Nullable List<AnnotationNode> all) {
        return all != null
                && all.stream().anyMatch(it -> it.desc.startsWith("Lcom/fasterxml/jackson/"));
    }

    private static Set<String> heldBy(ClassNode node) {
        Set<String> held = new TreeSet<>();
        if (node.recordComponents != null) {
            node.recordComponents.forEach(
                    it -> held.addAll(ours(it.signature == null ? it.descriptor : it.signature)));
        }
        if (node.permittedSubclasses != null) {
            held.addAll(node.permittedSubclasses);
        }
        return held;
    }

    private static Set<String> ours(String signature) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = OURS.matcher(signature);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }
}
