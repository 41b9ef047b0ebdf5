package io.maeharness.interop.exchange;

import io.maeharness.core.error.Quoted;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a file is by its first bytes, where it is not what its name says: what a download leaves instead of a model, and
 * models of other formats.
 *
 * @param kind what it is
 * @param what the same in words, to follow "it is"
 * @param wayOut how to come by the model itself
 */
public record FileNature(Kind kind, String what, String wayOut) {
    private static final int START = 512;
    private static final int TAR_AT = 257;
    private static final int ZIP_NAME = 30;

    /** Sorts of files that readers of models meet. */
    public enum Kind {
        /** Nothing at all. */
        EMPTY,
        /** What a download left instead of a file: a pointer or a page. */
        STAND_IN,
        /** JSON that lists the parts of a model. */
        SHARD_INDEX,
        /** Text of any other sort. */
        TEXT,
        /** A zip file, of {@code torch.save} or not. */
        ZIP,
        /** A pickle outside of a zip file. */
        PICKLE,
        /** Weights in safetensors. */
        SAFETENSORS,
        /** A graph in ONNX. */
        ONNX,
        /** A file of some other program. */
        OTHER
    }

    private static final String PACKED = "unpack it first";
    private static final String OTHER_FORM = "take the model in PyTorch's, safetensors or ONNX form";

    /** The first bytes, as Latin-1, of formats that nobody takes for another. */
    private static final Map<String, FileNature> MAGIC = Map.ofEntries(
            other("\u0089HDF", "an HDF5 file, as Keras writes it", OTHER_FORM),
            other("GGUF", "a GGUF file, as llama.cpp reads it", OTHER_FORM),
            other("\u0093NUMPY", "an array of NumPy", OTHER_FORM),
            other("\u0089PNG", "a PNG picture", OTHER_FORM),
            other("\u00FF\u00D8\u00FF", "a JPEG picture", OTHER_FORM),
            other("%PDF", "a PDF document", OTHER_FORM),
            other("\u001F\u008B", "packed by gzip", PACKED),
            other("\u00FD7zXZ", "packed by xz", PACKED),
            other("BZh", "packed by bzip2", PACKED),
            other("(\u00B5/\u00FD", "packed by zstd", PACKED),
            other("7z\u00BC\u00AF", "a 7z archive", PACKED),
            other("Rar!", "a RAR archive", PACKED));

    private static Map.Entry<String, FileNature> other(String magic, String what, String wayOut) {
        return Map.entry(magic, new FileNature(Kind.OTHER, what, wayOut));
    }

    /**
     * Looks at a file.
     *
     * @return empty when nothing is known of such bytes
     * @throws IOException when it cannot be read
     */
    public static Optional<FileNature> of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return of(channel);
        }
    }

    static Optional<FileNature> of(FileChannel channel) throws IOException {
        ByteBuffer read = FileBytes.read(channel, 0, (int) Math.min(START, channel.size()));
        byte[] start = new byte[read.remaining()];
        read.get(start);
        if (start.length == 0) {
            return Optional.of(new FileNature(Kind.EMPTY, "an empty file", "copy it again"));
        }
        if (new BigInteger(1, start).signum() == 0) {
            return Optional.of(new FileNature(
                    Kind.OTHER, "all zeros where it begins, as an interrupted copy leaves it", "copy it again"));
        }
        String latin = new String(start, StandardCharsets.ISO_8859_1);
        for (Map.Entry<String, FileNature> magic : MAGIC.entrySet()) {
            if (latin.startsWith(magic.getKey())) {
                return Optional.of(magic.getValue());
            }
        }
        if (latin.startsWith("ustar", TAR_AT)) {
            return Optional.of(new FileNature(Kind.OTHER, "a tar archive", PACKED));
        }
        if (latin.startsWith("TFL3", 4)) {
            return Optional.of(new FileNature(Kind.OTHER, "a TensorFlow Lite model", OTHER_FORM));
        }
        return text(start).or(() -> model(start, latin));
    }

    private static Optional<FileNature> text(byte[] start) {
        for (byte b : start) {
            if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f') {
                return Optional.empty();
            }
        }
        String decoded = new String(start, StandardCharsets.UTF_8);
        int broken = decoded.indexOf('\uFFFD');
        if (broken >= 0 && broken < decoded.length() - 1) {
            return Optional.empty(); // The last character may have been cut.
        }
        String text = decoded.replace("\uFEFF", "").strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("version https://git-lfs") || text.startsWith("version https://hawser")) {
            return Optional.of(new FileNature(
                    Kind.STAND_IN,
                    "the pointer that Git leaves where Git LFS is not installed",
                    "fetch the model itself with 'git lfs pull'"));
        }
        if (text.startsWith("<")) {
            return Optional.of(new FileNature(
                    Kind.STAND_IN,
                    "a web page or XML",
                    "download the file and not the page that shows it (a link with 'resolve' or 'raw', not 'blob')"));
        }
        if (text.startsWith("{") && text.contains("\"weight_map\"")) {
            return Optional.of(new FileNature(
                    Kind.SHARD_INDEX,
                    "the index of a model in several files",
                    "./mae import takes the index of safetensors files"));
        }
        if (text.startsWith("{") || text.startsWith("[")) {
            return Optional.of(new FileNature(Kind.TEXT, "JSON text", "name the file of the weights beside it"));
        }
        return Optional.of(new FileNature(Kind.TEXT, "text", "name the file of the model itself"));
    }

    private static Optional<FileNature> model(byte[] start, String latin) {
        if (latin.startsWith("PK\u0003\u0004") || latin.startsWith("PK\u0005\u0006")) {
            return Optional.of(zip(start));
        }
        if (start.length > Long.BYTES && start[Long.BYTES] == '{' && start[6] == 0 && start[7] == 0) {
            return Optional.of(
                    new FileNature(Kind.SAFETENSORS, "a safetensors file", "./mae import takes weights alone"));
        }
        if (start.length > 2 && (start[0] & 0xFF) == 0x80 && start[1] >= 2 && start[1] <= 5) {
            return Optional.of(new FileNature(
                    Kind.PICKLE,
                    "a bare pickle, as PyTorch wrote before 1.6",
                    "convert it with PyTorch, if you trust it"));
        }
        // ir_version, then producer_name, domain or the graph itself.
        boolean onnx = start.length > 3
                && start[0] == 0x08
                && start[1] > 0
                && start[1] < 0x20
                && List.of((byte) 0x12, (byte) 0x22, (byte) 0x3A, (byte) 0x42).contains(start[2]);
        return onnx
                ? Optional.of(new FileNature(
                        Kind.ONNX,
                        "an ONNX model, a graph and no checkpoint",
                        "./mae evaluate measures its accuracy; to import take the weights it was made of"))
                : Optional.empty();
    }

    /** A zip file is known by the name of its first entry. */
    private static FileNature zip(byte[] start) {
        ByteBuffer bytes = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
        int length = start.length < ZIP_NAME ? 0 : Short.toUnsignedInt(bytes.getShort(ZIP_NAME - 4));
        String name = new String(
                start,
                Math.min(ZIP_NAME, start.length),
                Math.max(0, Math.min(length, start.length - ZIP_NAME)),
                StandardCharsets.UTF_8);
        if (name.endsWith("data.pkl")) {
            return new FileNature(Kind.ZIP, "a PyTorch checkpoint", "./mae import takes those");
        }
        if (name.endsWith(".npy")) {
            return new FileNature(Kind.ZIP, "a zip file of NumPy's arrays", OTHER_FORM);
        }
        return new FileNature(
                Kind.ZIP,
                "a zip file " + (name.isEmpty() ? "without entries" : "that begins with " + Quoted.of(name)),
                "unpack it first, if the model lies in it");
    }
}
