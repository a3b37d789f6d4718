package dev.parley.testing.nativeimage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The compiled classes that someone wrote, by their internal names. */
record Code(Map<String, ClassNode> classes) {
    /** A method and the class that it stands in. */
    record Place(ClassNode owner, MethodNode method) {
        @Override
        public String toString() {
            return owner.name.replace('/', '.') + "." + method.name;
        }
    }

    /** A call of a method. */
    record Call(Place place, MethodInsnNode instruction) {}

    static Code of(List<byte[]> files) {
        Map<String, ClassNode> classes = new LinkedHashMap<>();
        for (byte[] file : files) {
            ClassNode node = new ClassNode();
            new ClassReader(file).accept(node, ClassReader.SKIP_FRAMES);
            if (isWritten(node)) {
                classes.put(node.name, node);
            }
        }
        return new Code(classes);
    }

    /** What Quarkus and Hibernate generate, and register, has no source. */
    private static boolean isWritten(ClassNode node) {
        return node.sourceFile != null && node.sourceFile.endsWith(".java");
    }

    Optional<ClassNode> find(String internalName) {
        return Optional.ofNullable(classes.get(internalName));
    }

    Stream<Call> calls() {
        return classes.values().stream()
                .flatMap(owner -> owner.methods.stream().map(method -> new Place(owner, method)))
                .flatMap(
                        place ->
                                Stream.of(place.method().instructions.toArray())
                                        .filter(MethodInsnNode.class::isInstance)
                                        .map(it -> new Call(place, (MethodInsnNode) it)));
    }
}
