package dev.parley.testing.nativeimage;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/** Follows a call's argument back to the types it may have, through callers where need be. */
record Flow(Code code) {
    private static final Set<String> SAYS_NOTHING = Set.of("java/lang/Object", "java/lang/Record");

    /** Copies are not followed one by one: a value keeps the instruction that made it. */
    private static final class Origins extends SourceInterpreter {
        Origins() {
            super(Opcodes.ASM9);
        }

        @Override
        public SourceValue copyOperation(AbstractInsnNode copy, SourceValue value) {
            return value;
        }

        @Override
        public SourceValue newParameterValue(boolean isInstance, int local, Type type) {
            return new Parameter(local, type);
        }
    }

    private static final class Parameter extends SourceValue {
        private final int local;
        private final Type type;

        Parameter(int local, Type type) {
            super(type.getSize());
            this.local = local;
            this.type = type;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Parameter parameter && parameter.local == local;
        }

        @Override
        public int hashCode() {
            return local;
        }
    }

    /**
     * The internal names of an argument's types; {@code ?} and a place where they cannot be told.
     *
     * @param fromTop 0 for the last argument, 1 for the one before it
     */
    Set<String> typesOf(Code.Call call, int fromTop) {
        Set<String> types = new TreeSet<>();
        collect(call, fromTop, types, new ArrayList<>());
        return types;
    }

    private void collect(Code.Call call, int fromTop, Set<String> types, List<String> seen) {
        Frame<SourceValue> frame = frameAt(call);
        SourceValue value = frame.getStack(frame.getStackSize() - 1 - fromTop);
        if (value instanceof Parameter parameter) {
            collectFromCallers(call.place(), parameter, types, seen);
            return;
        }
        for (AbstractInsnNode origin : value.insns) {
            String type = typeMadeBy(origin);
            types.add(SAYS_NOTHING.contains(type) ? "?" + call.place() : type);
        }
    }

    private void collectFromCallers(
            Code.Place place, Parameter parameter, Set<String> types, List<String> seen) {
        String declared = parameter.type.getInternalName();
        if (!SAYS_NOTHING.contains(declared)) {
            types.add(declared);
            return;
        }
        String key = place.owner().name + place.method().name + place.method().desc;
        if (seen.contains(key)) {
            return;
        }
        seen.add(key);
        int before = types.size();
        code.calls()
                .filter(it -> it.instruction().owner.equals(place.owner().name))
                .filter(it -> it.instruction().name.equals(place.method().name))
                .filter(it -> it.instruction().desc.equals(place.method().desc))
                .forEach(it -> collect(it, fromTop(place, parameter), types, seen));
        if (types.size() == before) {
            types.add("?" + place);
        }
    }

    private static int fromTop(Code.Place place, Parameter parameter) {
        boolean isStatic = (place.method().access & Opcodes.ACC_STATIC) != 0;
        Type[] arguments = Type.getArgumentTypes(place.method().desc);
        int local = isStatic ? 0 : 1;
        for (int i = 0; i < arguments.length; i++) {
            if (local == parameter.local) {
                return arguments.length - 1 - i;
            }
            local += arguments[i].getSize();
        }
        throw new IllegalStateException(place + " has no parameter in local " + parameter.local);
    }

    private static String typeMadeBy(AbstractInsnNode origin) {
        return switch (origin) {
            case MethodInsnNode call -> Type.getReturnType(call.desc).getInternalName();
            case TypeInsnNode type -> type.desc;
            case FieldInsnNode field -> Type.getType(field.desc).getInternalName();
            case InvokeDynamicInsnNode made -> Type.getReturnType(made.desc).getInternalName();
            case LdcInsnNode _ -> "java/lang/String";
            default -> "java/lang/Object";
        };
    }

    private static Frame<SourceValue> frameAt(Code.Call call) {
        Code.Place place = call.place();
        try {
            Frame<SourceValue>[] frames =
                    new Analyzer<>(new Origins()).analyze(place.owner().name, place.method());
            return frames[place.method().instructions.indexOf(call.instruction())];
        } catch (AnalyzerException e) {
            throw new IllegalStateException("cannot follow " + place, e);
        }
    }
}
