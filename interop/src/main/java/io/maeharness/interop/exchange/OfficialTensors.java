package io.maeharness.interop.exchange;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.Quoted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tensors of a file under the official names; query, key and value of others are one tensor here. */
final class OfficialTensors {
    private static final Pattern BLOCK = Pattern.compile("blocks\\.(\\d{1,4})\\..*");

    private final ForeignCheckpoint file;
    private final Map<String, List<StoredTensor>> parts;

    private OfficialTensors(ForeignCheckpoint file, Map<String, List<StoredTensor>> parts) {
        this.file = file;
        this.parts = parts;
    }

    /**
     * Renames the tensors of a file.
     *
     * @throws HarnessException of kind CHECKPOINT when two tensors claim one name, or one of query, key and value lacks
     */
    static OfficialTensors of(ForeignCheckpoint file) {
        Map<String, List<StoredTensor>> parts = new LinkedHashMap<>();
        for (StoredTensor tensor : file.tensors().values()) {
            OfficialNames.Place place = OfficialNames.of(tensor.name());
            List<StoredTensor> whole = parts.computeIfAbsent(
                    place.name(), name -> new ArrayList<>(Collections.nCopies(place.parts(), null)));
            if (whole.size() != place.parts() || whole.set(place.part(), tensor) != null) {
                throw file.refused("two of its tensors are " + Quoted.of(place.name()) + ", one of them "
                        + Quoted.of(tensor.name()));
            }
        }
        parts.forEach((name, whole) -> {
            if (whole.contains(null)) {
                throw file.refused("it has query, key or value of " + Quoted.of(name) + ", but not all three");
            }
        });
        return new OfficialTensors(file, parts);
    }

    ForeignCheckpoint file() {
        return file;
    }

    /** Official names, in the order of the file. */
    List<String> names() {
        return List.copyOf(parts.keySet());
    }

    boolean has(String name) {
        return parts.containsKey(name);
    }

    /** The shape of a tensor, if the file has it; parts are stacked along the first dimension. */
    Optional<List<Long>> shape(String name) {
        List<StoredTensor> whole = parts.get(name);
        if (whole == null) {
            return Optional.empty();
        }
        List<Long> first = whole.get(0).shape();
        if (whole.size() == 1 || first.isEmpty()) {
            return Optional.of(first);
        }
        for (StoredTensor part : whole) {
            if (!part.shape().equals(first)) {
                throw file.refused("tensor " + Quoted.of(part.name()) + " has shape " + part.shape() + ", but "
                        + Quoted.of(whole.get(0).name()) + " has " + first);
            }
        }
        List<Long> stacked = new ArrayList<>(first);
        stacked.set(0, first.get(0) * whole.size());
        return Optional.of(stacked);
    }

    /** What is known of a tensor that is needed but not there. */
    String missing(String name) {
        return Optional.ofNullable(file.others().get(name))
                .map(what -> "is " + what + ", which is never built")
                .orElse("is missing");
    }

    /** Whether all parts hold floating-point numbers. */
    boolean isFloating(String name) {
        return parts.get(name).stream().allMatch(part -> part.type().isFloating());
    }

    /** The coarsest type among the parts of a tensor has values of so many bytes. */
    int bytesOfValue(String name) {
        return parts.get(name).stream()
                .mapToInt(part -> part.type().bytes())
                .min()
                .orElseThrow();
    }

    /** The values in row-major order. */
    float[] values(String name) {
        List<StoredTensor> whole = parts.get(name);
        if (whole.size() == 1) {
            return file.values(whole.get(0));
        }
        List<float[]> read = whole.stream().map(file::values).toList();
        float[] all = new float[read.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : read) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /** Width D of the encoder, as its class token has it; 0 where there is none. */
    long width() {
        return shape("cls_token")
                .filter(shape -> !shape.isEmpty())
                .map(shape -> shape.get(shape.size() - 1))
                .orElse(0L);
    }

    /** Number of the encoder's blocks. */
    int depth() {
        return parts.keySet().stream()
                .map(BLOCK::matcher)
                .filter(Matcher::matches)
                .mapToInt(block -> Integer.parseInt(block.group(1)) + 1)
                .max()
                .orElse(0);
    }
}
