package io.maeharness.interop.exchange;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.Quoted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tensors of a file under the official names; query, key and value of others are one tensor here. */
final class OfficialTensors {
    private static final Pattern BLOCK = Pattern.compile("blocks\\.(\\d{1,4})\\..*");

    private static final String ONE_MODEL = "take the whole state_dict of one model";

    private final ForeignCheckpoint file;
    private final NamePrefix prefix;
    private final Map<String, List<StoredTensor>> parts;
    private final List<String> remarks;

    private OfficialTensors(
            ForeignCheckpoint file, NamePrefix prefix, Map<String, List<StoredTensor>> parts, List<String> remarks) {
        this.file = file;
        this.prefix = prefix;
        this.parts = parts;
        this.remarks = List.copyOf(remarks);
    }

    /**
     * Renames the tensors of a file. A prefix that the names of its encoder have in common is taken off; what has another
     * is left out.
     *
     * @throws HarnessException of kind CHECKPOINT when it has no vision transformer or several, when two tensors claim one
     *     name, or one of query, key and value lacks
     */
    static OfficialTensors of(ForeignCheckpoint file) {
        Set<String> names = file.tensors().keySet();
        NamePrefix prefix = NamePrefix.of(names).orElseThrow(() -> unknown(file, names));
        List<String> left = new ArrayList<>();
        Map<String, List<StoredTensor>> parts = new LinkedHashMap<>();
        for (StoredTensor tensor : file.tensors().values()) {
            if (prefix.isPlain()) {
                add(parts, tensor.name(), tensor, file);
            } else if (tensor.name().startsWith(prefix.text())) {
                add(parts, tensor.name().substring(prefix.text().length()), tensor, file);
            } else {
                left.add(tensor.name());
            }
        }
        parts.forEach((name, whole) -> {
            if (whole.contains(null)) {
                throw file.refused(
                        "it has query, key or value of " + Quoted.of(name) + ", but not all three", ONE_MODEL);
            }
        });
        return new OfficialTensors(file, prefix, parts, remarks(file, prefix, left));
    }

    private static void add(
            Map<String, List<StoredTensor>> parts, String name, StoredTensor tensor, ForeignCheckpoint file) {
        OfficialNames.Place place = OfficialNames.of(name);
        List<StoredTensor> whole =
                parts.computeIfAbsent(place.name(), key -> new ArrayList<>(Collections.nCopies(place.parts(), null)));
        if (whole.size() != place.parts() || whole.set(place.part(), tensor) != null) {
            throw file.refused(
                    "two of its tensors are " + Quoted.of(place.name()) + ", one of them " + Quoted.of(tensor.name()),
                    ONE_MODEL);
        }
    }

    private static HarnessException unknown(ForeignCheckpoint file, Set<String> names) {
        List<String> several = NamePrefix.all(names);
        if (!several.isEmpty()) {
            return file.refused(
                    "it has several encoders, whose names begin with " + Names.some(several),
                    "save the tensors of one of them alone");
        }
        return file.refused(
                "it has no projection of patches ('patch_embed.proj.weight', or Hugging Face's"
                        + " 'embeddings.patch_embeddings.projection.weight'); its " + names.size() + " tensors are "
                        + Names.some(names),
                "take a vision transformer under the official, timm's or Hugging Face's names");
    }

    private static List<String> remarks(ForeignCheckpoint file, NamePrefix prefix, List<String> left) {
        List<String> remarks = new ArrayList<>(file.content().remarks());
        if (!prefix.isPlain()) {
            remarks.add("its names begin with " + Quoted.of(prefix.text()) + ", which is taken off"
                    + (left.isEmpty() ? "" : "; what begins otherwise is left out: " + Names.some(left)));
        }
        return remarks;
    }

    /** What a user should know of what was taken, a clause each. */
    List<String> remarks() {
        return remarks;
    }

    /** Whether it is the encoder of a checkpoint of MoCo v3. */
    boolean isOfMoco() {
        return prefix.isOfMoco();
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
