package io.maeharness.results.difference;

import io.maeharness.results.Provenance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What differs between two records of one stage in code, data and environment; the stage itself is the same.
 *
 * @param fields what differs, by the name of the field, in a fixed order
 */
public record ProvenanceDifference(List<Field> fields) {
    /** What the last bits of a value may depend on: nothing else excuses a difference. */
    private static final Set<String> DECISIVE =
            Set.of("processor", "device", "engine", "engine version", "DJL", "Java", "ONNX Runtime");

    /** Where a configuration names what is no part of the stage. */
    static final String FACTS = "facts";

    /** Copies the list. */
    public ProvenanceDifference {
        fields = List.copyOf(fields);
    }

    /**
     * A field that differs.
     *
     * @param name as people call it
     * @param before what the first record says
     * @param after what the second record says
     */
    public record Field(String name, String before, String after) {
        /** For people: {@code Java 17.0.15 -> 21.0.2}. */
        @Override
        public String toString() {
            return name + " " + before + " -> " + after;
        }
    }

    /** What of the second record is not as in the first. */
    public static ProvenanceDifference between(Provenance before, Provenance after) {
        Map<String, String> second = fields(after);
        return new ProvenanceDifference(fields(before).entrySet().stream()
                .filter(field -> !Objects.equals(field.getValue(), second.get(field.getKey())))
                .map(field -> new Field(field.getKey(), field.getValue(), second.get(field.getKey())))
                .toList());
    }

    /**
     * Whether both records are of the same kind of processor or device and of the same libraries, where the same stage has
     * to give the same bits. Another commit, system or number of processors excuses nothing.
     */
    public boolean demandsEqualBits() {
        return fields.stream().noneMatch(field -> DECISIVE.contains(field.name()));
    }

    /** The fields that may change the last bits of a value. */
    public List<Field> decisive() {
        return fields.stream().filter(field -> DECISIVE.contains(field.name())).toList();
    }

    /** What is compared of a record, by the name of the field, in the order in which it is told. */
    static Map<String, String> fields(Provenance record) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("commit", record.code().gitCommit());
        fields.put("changes beside the commit", record.code().gitDirty() ? "some" : "none");
        fields.put("harness", record.code().harnessVersion());
        fields.put("data", record.data().name());
        fields.put("data digest", record.data().digest());
        fields.put("processor", record.host().processor());
        fields.put("processors", Integer.toString(record.host().processors()));
        fields.put("system", record.host().os());
        fields.put("Java", record.host().javaVersion());
        fields.put("vendor of Java", record.host().javaVendor());
        fields.put("device", record.engine().deviceKind());
        fields.put("precision", record.engine().precision());
        fields.put("engine", record.engine().name());
        fields.put("engine version", record.engine().version());
        fields.put("DJL", record.engine().djlVersion());
        fields.put("ONNX Runtime", onnxRuntime(record));
        return fields;
    }

    private static String onnxRuntime(Provenance record) {
        return record.stage().configuration().path(FACTS).path("ONNX Runtime").asText("not used");
    }
}
