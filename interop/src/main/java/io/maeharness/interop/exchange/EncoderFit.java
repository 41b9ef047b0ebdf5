package io.maeharness.interop.exchange;

import io.maeharness.core.checkpoint.Safetensors;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.Quoted;
import io.maeharness.core.model.Layout;
import io.maeharness.core.model.ParameterSpec;
import io.maeharness.core.model.SinCosPositions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A file whose tensors are exactly those of a model: each is there in its shape, and none is left over but for the head of
 * a classifier.
 */
public final class EncoderFit {
    /** Positions that were computed elsewhere differ from ours in the last digits of the type they are kept in. */
    private static final Map<Integer, Float> SAME_POSITIONS = Map.of(8, 1e-5f, 4, 1e-5f, 2, 1e-2f);

    private static final int MOST_NAMES = 4;
    private static final String PATCHES = "patch_embed.proj.weight";
    private static final int PATCHES_RANK = 4;

    /** Names that models of other sizes have too. */
    private static final Pattern OF_ANOTHER_SIZE = Pattern.compile(
            "(?:decoder_)?blocks\\.\\d{1,4}\\.(?:norm[12]|attn\\.(?:qkv|proj)|mlp\\.fc[12])\\.(?:weight|bias)");

    private final OfficialTensors tensors;
    private final boolean decoder;
    private final boolean learnedPositions;
    /** What is written: the name in our file, then the name in theirs. */
    private final Map<String, String> sources;

    private final List<String> remarks;

    private EncoderFit(
            OfficialTensors tensors,
            boolean decoder,
            boolean learnedPositions,
            Map<String, String> sources,
            List<String> remarks) {
        this.tensors = tensors;
        this.decoder = decoder;
        this.learnedPositions = learnedPositions;
        this.sources = sources;
        this.remarks = List.copyOf(remarks);
    }

    /**
     * Fits a file to a model.
     *
     * @param model encoder and decoder that are expected; a file without a decoder needs only the encoder
     * @param channels C of the images
     * @param outputs values that the decoder predicts for a patch
     * @throws io.maeharness.core.error.HarnessException of kind CHECKPOINT that names a wrong size, a missing or an extra
     *     tensor with both shapes
     */
    static EncoderFit of(OfficialTensors tensors, ModelSettings model, int channels, int outputs) {
        refuseRelativePositions(tensors);
        refuseOtherPatches(tensors, model, channels);
        List<String> remarks = new ArrayList<>(tensors.remarks());
        boolean maskTokens = tensors.has("encoder_mask_token");
        boolean decoder = tensors.names().stream().anyMatch(OfficialNames::isDecoder);
        List<ParameterSpec> specs = decoder
                ? Layout.maskedAutoencoder(model, channels, outputs, maskTokens)
                : Layout.encoder(model, channels);
        Map<String, String> sources = new LinkedHashMap<>();
        for (ParameterSpec spec : specs) {
            sources.put(spec.name(), source(tensors, spec, remarks));
        }
        Set<String> used = new LinkedHashSet<>(sources.values());
        boolean learned = !isFixed(tensors, OfficialNames.POSITIONS, model.encoderDim(), model.gridSize());
        addPositions(tensors, sources, OfficialNames.POSITIONS, used);
        boolean drawable = decoder
                && !learned
                && isFixed(tensors, OfficialNames.DECODER_POSITIONS, model.decoderDim(), model.gridSize());
        addPositions(tensors, sources, OfficialNames.DECODER_POSITIONS, used);
        refuseExtra(tensors, used, model, remarks);
        remark(decoder, drawable, learned, remarks);
        return new EncoderFit(tensors, drawable, learned, sources, remarks);
    }

    private static void refuseRelativePositions(OfficialTensors tensors) {
        tensors.names().stream()
                .filter(name -> name.contains("relative_position_bias_table"))
                .findFirst()
                .ifPresent(name -> {
                    throw tensors.file()
                            .refused(
                                    "tensor " + Quoted.of(name)
                                            + " holds relative positions, as BEiT's encoder has them",
                                    "take an encoder that adds its positions to the patches");
                });
    }

    /** Channels and pixels of a patch are called so, and are not left to be guessed from two shapes. */
    private static void refuseOtherPatches(OfficialTensors tensors, ModelSettings model, int channels) {
        List<Long> shape = tensors.shape(PATCHES).orElse(List.of());
        if (shape.size() != PATCHES_RANK) {
            return;
        }
        long own = shape.get(1);
        long side = shape.get(2);
        if (own != channels) {
            throw tensors.file()
                    .refused(
                            "it takes images of " + own + (own == 1 ? " channel" : " channels")
                                    + ", those of the profile have " + channels,
                            "choose images of as many, with a --profile or --set data.dataset=NAME");
        }
        if (side != model.patchSize() || side != shape.get(3)) {
            throw tensors.file()
                    .refused("its patches have " + side + " x " + shape.get(3)
                            + " pixels, those of the profile's model " + model.patchSize() + " x " + model.patchSize());
        }
    }

    /** The tensor of the file that is this parameter, in its shape. */
    private static String source(OfficialTensors tensors, ParameterSpec spec, List<String> remarks) {
        String name = spec.name();
        String stand = name.replace(OfficialNames.NORM, OfficialNames.HEAD_NORM);
        if (name.startsWith(OfficialNames.NORM) && !tensors.has(name) && tensors.has(stand)) {
            remarks.add("it has no '" + name + "', as fine-tuning leaves it out: '" + stand + "' stands in");
            name = stand;
        }
        demand(tensors, name, spec.shape());
        return name;
    }

    private static void demand(OfficialTensors tensors, String name, List<Long> shape) {
        Optional<List<Long>> found = tensors.shape(name);
        if (found.isEmpty()) {
            throw tensors.file().refused("tensor '" + name + "' " + shape + " " + tensors.missing(name));
        }
        if (!found.get().equals(shape)) {
            throw tensors.file()
                    .refused("tensor '" + name + "' has shape " + found.get() + ", the model needs " + shape);
        }
        if (!tensors.isFloating(name)) {
            throw tensors.file()
                    .refused("tensor '" + name + "' holds integers, the model needs floating-point numbers");
        }
    }

    /** Whether positions are the fixed table, or not there at all, which means the same. */
    private static boolean isFixed(OfficialTensors tensors, String name, int width, int grid) {
        if (!tensors.has(name)) {
            return true;
        }
        demand(tensors, name, List.of(1L, 1L + (long) grid * grid, (long) width));
        float[] table = SinCosPositions.table(width, grid);
        float[] found = tensors.values(name);
        float tolerance = SAME_POSITIONS.get(tensors.bytesOfValue(name));
        for (int i = 0; i < table.length; i++) {
            if (!(Math.abs(table[i] - found[i]) <= tolerance)) {
                return false;
            }
        }
        return true;
    }

    private static void addPositions(
            OfficialTensors tensors, Map<String, String> sources, String name, Set<String> used) {
        if (tensors.has(name)) {
            sources.put(name, name);
            used.add(name);
        }
    }

    private static void refuseExtra(
            OfficialTensors tensors, Set<String> used, ModelSettings model, List<String> remarks) {
        List<String> heads = new ArrayList<>();
        for (String name : tensors.names()) {
            if (OfficialNames.isHead(name) && !used.contains(name)) {
                heads.add(name);
            } else if (!used.contains(name)) {
                throw extra(tensors, name, model);
            }
        }
        if (!heads.isEmpty()) {
            remarks.add("the head (" + heads.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                    + (heads.size() > MOST_NAMES ? ", ..." : "") + ") is left out");
        }
    }

    private static HarnessException extra(OfficialTensors tensors, String name, ModelSettings model) {
        String extra = "tensor " + Quoted.of(name) + " " + tensors.shape(name).orElseThrow() + " is not one of the ";
        return OF_ANOTHER_SIZE.matcher(name).matches()
                ? tensors.file()
                        .refused(extra + "model's, which has " + model.encoderDepth() + " blocks of width "
                                + model.encoderDim() + " and a decoder of " + model.decoderDepth() + " of width "
                                + model.decoderDim())
                : tensors.file()
                        .refused(
                                extra + "plain vision transformer's, so it is of another architecture",
                                "take one that is built as the paper's");
    }

    private static void remark(boolean decoder, boolean drawable, boolean learned, List<String> remarks) {
        if (learned) {
            remarks.add("its positions were trained and are kept");
        }
        if (!decoder) {
            remarks.add("it has no decoder, so it cannot reconstruct");
        } else if (!drawable) {
            remarks.add("its positions are not the fixed ones, so its decoder is kept but cannot reconstruct");
        }
    }

    /** Whether there is a decoder that can reconstruct. */
    public boolean decoder() {
        return decoder;
    }

    /** Whether the positions were trained and are not the fixed table. */
    public boolean learnedPositions() {
        return learnedPositions;
    }

    /** What a user should know of what was made of the file, a clause each. */
    public List<String> remarks() {
        return remarks;
    }

    /** Writes the weights as fp32 under the official names, one tensor in memory at a time. */
    public void write(Path target) {
        List<Safetensors.Outgoing> outgoing = new ArrayList<>();
        sources.forEach((name, source) -> outgoing.add(
                new Safetensors.Outgoing(name, tensors.shape(source).orElseThrow(), () -> bytes(finite(source)))));
        Safetensors.write(target, outgoing, Map.of("format", "pt"));
    }

    /** What a training that diverged left is of no use, and would fail later and less clearly. */
    private float[] finite(String name) {
        float[] values = tensors.values(name);
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw tensors.file()
                        .refused(
                                "tensor " + Quoted.of(name) + " holds " + value,
                                "take the weights of a training that did not diverge");
            }
        }
        return values;
    }

    private static ByteBuffer bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }
}
