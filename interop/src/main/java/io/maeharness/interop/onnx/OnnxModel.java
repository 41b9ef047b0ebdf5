package io.maeharness.interop.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.OutOfMemory;
import io.maeharness.files.FileProblem;
import io.maeharness.interop.exchange.FileNature;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** An ONNX file that ONNX Runtime has loaded: images in, one output out. */
public final class OnnxModel implements AutoCloseable {
    private static final OrtEnvironment ENVIRONMENT = OnnxEnvironment.open();
    private static final int IMAGE_RANK = 4;
    private static final int LONGEST_MESSAGE = 300;
    private final Path file;
    private final OrtSession session;
    private final String input;
    private final long[] inputShape;
    private final Map<String, long[]> outputs;
    private final Optional<ModelCard> card;
    private final Map<String, String> properties;

    private OnnxModel(Path file, OrtSession session) throws OrtException {
        this.file = file;
        this.session = session;
        if (session.getInputNames().size() != 1) {
            throw new IllegalArgumentException(
                    "it has the inputs " + session.getInputNames() + ", expected one, images [N, C, S, S]");
        }
        input = session.getInputNames().iterator().next();
        inputShape = shape(session.getInputInfo().get(input));
        demandFloats("input", input, session.getInputInfo().get(input));
        if (inputShape.length != IMAGE_RANK) {
            throw new IllegalArgumentException("its input '" + input + "' has " + inputShape.length
                    + " dimensions, expected images [N, C, S, S] of floats");
        }
        outputs = new LinkedHashMap<>();
        session.getOutputInfo().forEach((name, info) -> outputs.put(name, shape(info)));
        if (outputs.values().stream().allMatch(sizes -> sizes.length == 0)) {
            session.getOutputInfo().forEach((name, info) -> demandFloats("output", name, info));
        }
        properties = Map.copyOf(session.getMetadata().getCustomMetadata());
        card = ModelCard.of(properties);
    }

    /** Numbers of another width are no mistake of the file, but none that images or accuracies are made of here. */
    private static void demandFloats(String part, String name, NodeInfo info) {
        if (!(info.getInfo() instanceof TensorInfo tensor)) {
            throw new IllegalArgumentException("its " + part + " '" + name + "' is no tensor");
        }
        if (tensor.type != OnnxJavaType.FLOAT) {
            boolean half = tensor.type == OnnxJavaType.FLOAT16 || tensor.type == OnnxJavaType.BFLOAT16;
            throw new IllegalArgumentException("its " + part + " '" + name + "' is of "
                    + tensor.type.toString().toLowerCase(Locale.ROOT) + " and not of float (fp32)"
                    + (half
                            ? ": it is a half-precision model; export it in fp32, or convert it so that its inputs and"
                                    + " outputs stay fp32 (keep_io_types of onnxconverter-common)"
                            : "; export it with images of floats, such as fp32"));
        }
    }

    /** The shape of a tensor of floats; empty for anything else. */
    private static long[] shape(NodeInfo info) {
        return info.getInfo() instanceof TensorInfo tensor && tensor.type == OnnxJavaType.FLOAT
                ? tensor.getShape()
                : new long[0];
    }

    /** What the file says of itself, by name. */
    public Map<String, String> properties() {
        return properties;
    }

    /** Settings of a session. */
    @FunctionalInterface
    interface Options {
        /** Applies them. */
        void apply(OrtSession.SessionOptions options) throws OrtException;
    }

    /**
     * Loads a file for the processor.
     *
     * @param threads that compute one batch together
     * @throws HarnessException of kind CHECKPOINT that names the file and what is wrong with it
     */
    public static OnnxModel open(Path file, int threads) {
        return open(file, options -> options.setIntraOpNumThreads(threads));
    }

    /**
     * Demands a file that can be read, before anything is done for it.
     *
     * @throws HarnessException of kind CHECKPOINT where there is none
     */
    public static void requireFile(Path file) {
        Optional<String> denied = FileProblem.denied(file);
        if (denied.isPresent()) {
            throw missing(file, "cannot be read: " + denied.get() + "; see to its permissions");
        }
        if (!Files.exists(file)) {
            throw missing(file, "does not exist; ./mae export writes one");
        }
        if (!Files.isRegularFile(file)) {
            throw missing(file, "is no regular file; name the ONNX file itself");
        }
    }

    private static HarnessException missing(Path file, String why) {
        return new HarnessException(HarnessException.Kind.CHECKPOINT, "the model " + file + " " + why);
    }

    /**
     * Loads a file.
     *
     * @throws HarnessException of kind CHECKPOINT that names the file and what is wrong with it
     */
    static OnnxModel open(Path file, Options settings) {
        requireFile(file);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            settings.apply(options);
            OrtSession session = ENVIRONMENT.createSession(file.toString(), options);
            try {
                return new OnnxModel(file, session);
            } catch (OrtException | IllegalArgumentException e) {
                session.close();
                throw refused(file, e.getMessage(), e);
            }
        } catch (OrtException e) {
            if (ExecutionProvider.isOfTheDevice(String.valueOf(e.getMessage()))) {
                throw ExecutionProvider.notStarted(e);
            }
            throw refused(file, notLoaded(file, e), e);
        }
    }

    /** What the file is, where it is no ONNX file at all; else what ONNX Runtime says of it. */
    private static String notLoaded(Path file, OrtException e) {
        try {
            Optional<FileNature> nature = FileNature.of(file).filter(known -> known.kind() != FileNature.Kind.ONNX);
            if (nature.isPresent()) {
                return "it is " + nature.get().what() + ", no ONNX file; "
                        + nature.get().wayOut();
            }
        } catch (IOException unreadable) {
            e.addSuppressed(unreadable);
        }
        return "it is truncated, altered or no ONNX file (" + said(e) + "); export or copy it again";
    }

    /** ONNX Runtime's message without its code, its source files and what else does not help a user. */
    private static String said(OrtException e) {
        String message = String.valueOf(e.getMessage())
                .replaceFirst("(?s)^Error code - .* - message: ", "")
                .replaceFirst("(?s)^Load model from .*? failed: ?", "")
                .replaceFirst("(?s)^/onnxruntime_src/.*?\\) ", "")
                .strip();
        return "ONNX Runtime says: "
                + (message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "..." : message);
    }

    private static HarnessException tooLarge(Path file, String said, Exception cause) {
        return new HarnessException(
                HarnessException.Kind.MEMORY,
                "the model " + file + " needs more memory than there is: " + said
                        + "; take a smaller model, or end what else runs on this machine",
                cause);
    }

    private static HarnessException refused(Path file, String reason, Exception cause) {
        return new HarnessException(
                HarnessException.Kind.CHECKPOINT, "the model " + file + " cannot be used: " + reason, cause);
    }

    /**
     * Runs images through the model.
     *
     * @param images [N, C, S, S], the first {@code N * C * S * S} values
     * @param shape N, C, S, S
     * @return the output in row-major order
     */
    public float[] run(float[] images, long[] shape, String output) {
        long values = shape[0] * shape[1] * shape[2] * shape[3];
        try (OnnxTensor tensor =
                        OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(images, 0, (int) values), shape);
                OrtSession.Result result = session.run(Map.of(input, tensor), Set.of(output))) {
            FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] all = new float[buffer.remaining()];
            buffer.get(all);
            return all;
        } catch (OrtException e) {
            throw OutOfMemory.of(e).map(said -> tooLarge(file, said, e)).orElseGet(() -> refused(file, said(e), e));
        }
    }

    /** Where it was read from. */
    public Path file() {
        return file;
    }

    /** Sizes of the input, N, C, S, S; -1 where the file leaves one open. */
    public long[] inputShape() {
        return inputShape.clone();
    }

    /** Sizes of each output of floats by its name; -1 where the file leaves one open. */
    public Map<String, long[]> outputs() {
        return outputs;
    }

    /** What the file says of itself, if the harness wrote it. */
    public Optional<ModelCard> card() {
        return card;
    }

    /** The session, for what only ONNX Runtime can tell. */
    OrtSession session() {
        return session;
    }

    /** Version of ONNX Runtime. */
    public static String runtimeVersion() {
        return ENVIRONMENT.getVersion();
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot release " + file, e);
        }
    }
}
