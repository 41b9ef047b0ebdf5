package io.maeharness.interop.exchange;

import io.maeharness.core.checkpoint.DamagedFileException;
import io.maeharness.core.error.HarnessException;
import io.maeharness.files.FileProblem;
import io.maeharness.files.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file with somebody's weights, opened without believing it: a PyTorch checkpoint in the zip format of
 * {@code torch.save}, or safetensors, in one file or in several with an index.
 *
 * <p>Nothing in the file is executed, and nothing is allocated before its size was checked against the file. Every
 * problem is a {@link HarnessException} of kind CHECKPOINT that says in one line which file, what is wrong and what to do.
 */
public final class ForeignCheckpoint implements AutoCloseable {
    private static final int ZIP = 0x04034b50;
    private static final int EMPTY_ZIP = 0x06054b50;
    private static final int PICKLE = 0x80;
    private static final int NEWEST_PROTOCOL = 5;
    private static final int BLOCK = 1 << 20;

    private static final String INDEX = ".index.json";
    private static final Pattern PART = Pattern.compile("(.+)-\\d{5}-of-(\\d{5})(\\.safetensors)");

    private final Path file;
    private final List<FileChannel> channels;
    private final Content content;

    private ForeignCheckpoint(Path file, List<FileChannel> channels, Content content) {
        this.file = file;
        this.channels = List.copyOf(channels);
        this.content = content;
    }

    /**
     * What a file holds.
     *
     * @param tensors by the names of the file, in its order
     * @param others what stands among the tensors without being one, in a word or two
     * @param metadata free text of a safetensors file by key
     * @param arguments plain values that a PyTorch checkpoint keeps of its training, by key
     * @param remarks what a user should know of what was taken, a clause each
     */
    record Content(
            Map<String, StoredTensor> tensors,
            Map<String, String> others,
            Map<String, String> metadata,
            Map<String, Object> arguments,
            List<String> remarks) {
        /** Copies the collections and keeps their order. */
        Content {
            tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
            others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
            metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
            arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
            remarks = List.copyOf(remarks);
        }

        private static Content of(SafetensorsModel model) {
            return new Content(model.tensors(), Map.of(), model.metadata(), Map.of(), List.of());
        }

        private static Content of(TorchModel model) {
            return new Content(model.tensors(), model.others(), Map.of(), model.arguments(), model.remarks());
        }
    }

    /**
     * Opens a file and reads its table of contents; of an index of several safetensors files, theirs.
     *
     * @throws HarnessException of kind CHECKPOINT when it is missing, damaged, hostile or of another format
     */
    public static ForeignCheckpoint open(Path file) {
        List<FileChannel> channels = new ArrayList<>();
        try {
            if (Files.isDirectory(file)) {
                throw new OtherKindException("it is a directory; name the file of the weights in it");
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new OtherKindException(
                        "it is a device or a pipe; name a regular file"); // Of a pipe the end may never come.
            }
            channels.add(FileChannel.open(file, StandardOpenOption.READ));
            return new ForeignCheckpoint(file, channels, content(file, channels));
        } catch (IOException | HarnessException e) {
            channels.forEach(channel -> close(channel, e));
            throw e instanceof HarnessException known ? known : refused(file, (IOException) e);
        }
    }

    private static Content content(Path file, List<FileChannel> channels) throws IOException {
        FileChannel channel = channels.get(0);
        if (file.getFileName().toString().endsWith(INDEX)
                || FileNature.of(channel)
                        .filter(nature -> nature.kind() == FileNature.Kind.SHARD_INDEX)
                        .isPresent()) {
            return Content.of(ShardedModel.read(file, channels::add));
        }
        int start = channel.size() < Integer.BYTES
                ? 0
                : FileBytes.read(channel, 0, Integer.BYTES).getInt();
        if (start == ZIP || start == EMPTY_ZIP) {
            return Content.of(TorchModel.read(TorchArchive.open(channel)));
        }
        if ((start & 0xFF) == PICKLE
                && ((start >> Byte.SIZE) & 0xFF) <= NEWEST_PROTOCOL
                && !looksLikeSafetensors(channel)) {
            throw new HarnessException(HarnessException.Kind.CHECKPOINT, legacy(file));
        }
        refuseOtherKinds(channel);
        refusePart(file);
        return Content.of(SafetensorsModel.read(channel));
    }

    /** What is known to be something else is called by its name, and not a bad safetensors file. */
    private static void refuseOtherKinds(FileChannel channel) throws IOException {
        Optional<FileNature> nature = FileNature.of(channel);
        if (nature.isPresent() && nature.get().kind() != FileNature.Kind.SAFETENSORS) {
            throw new OtherKindException(
                    "it is " + nature.get().what() + "; " + nature.get().wayOut());
        }
    }

    private static final class OtherKindException extends IOException {
        private static final long serialVersionUID = 1L;

        OtherKindException(String message) {
            super(message);
        }
    }

    /** One part of a model lacks what the others hold, which its index knows. */
    private static void refusePart(Path file) throws IOException {
        Matcher part = PART.matcher(file.getFileName().toString());
        if (part.matches()) {
            Path index = file.resolveSibling(part.group(1) + part.group(3) + INDEX);
            if (Files.isRegularFile(index)) {
                throw new OtherKindException("it is one of " + Integer.parseInt(part.group(2))
                        + " parts of a model; name their index, " + index);
            }
        }
    }

    /** A header of 128, 384, ... bytes begins like a pickle; what follows its length tells. */
    private static boolean looksLikeSafetensors(FileChannel channel) throws IOException {
        if (channel.size() <= Long.BYTES) {
            return false;
        }
        ByteBuffer start = FileBytes.read(channel, 0, Long.BYTES + 1);
        return start.get(Long.BYTES) == '{';
    }

    private static String legacy(Path file) {
        return file
                + " is in the format of PyTorch before 1.6, a bare pickle, which is not read; if you trust the file,"
                + " convert it with PyTorch: torch.save(torch.load('" + file.getFileName()
                + "', map_location='cpu'), 'new.pth')";
    }

    private static HarnessException refused(Path file, IOException cause) {
        return new HarnessException(HarnessException.Kind.CHECKPOINT, said(file, cause), cause);
    }

    private static String said(Path file, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            Path index = file.resolveSibling(file.getFileName() + INDEX);
            return file + " does not exist; "
                    + (Files.isRegularFile(index) ? "the index of its parts does: name " + index : "check the path");
        }
        if (cause instanceof FileSystemException) {
            return file + " cannot be read: " + FileProblem.denied(file).orElseGet(() -> FileProblem.reason(cause))
                    + "; see to its permissions";
        }
        String problem = file + " cannot be imported: " + cause.getMessage();
        if (cause instanceof OtherKindException) {
            return problem;
        }
        return problem
                + (cause instanceof DamagedFileException
                        ? "; get it again"
                        : "; import takes a .pth of torch.save (1.6 and later), a .safetensors file or the .index.json of"
                                + " several");
    }

    /** A reason of kind CHECKPOINT why this file does not do, which names it; another size would. */
    HarnessException refused(String problem) {
        return refused(problem, "choose a --profile or --set of its size");
    }

    /** A reason of kind CHECKPOINT why this file does not do, which names it and the way out. */
    HarnessException refused(String problem, String wayOut) {
        return new HarnessException(
                HarnessException.Kind.CHECKPOINT, file + " does not fit: " + problem + "; " + wayOut);
    }

    private static void close(FileChannel channel, Exception because) {
        try {
            channel.close();
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    /** SHA-256 of the file, hexadecimal; of an index, that of its bytes with those of its parts behind them. */
    public String digest() {
        try {
            Sha256 digest = new Sha256();
            for (FileChannel channel : channels) {
                long size = channel.size();
                for (long at = 0; at < size; at += BLOCK) {
                    digest.add(FileBytes.read(channel, at, (int) Math.min(BLOCK, size - at)));
                }
            }
            return digest.hex();
        } catch (IOException e) {
            throw refused(file, e);
        }
    }

    /** Where it lies. */
    Path path() {
        return file;
    }

    /** What it holds. */
    Content content() {
        return content;
    }

    /** The tensors by the names of the file, in its order. */
    Map<String, StoredTensor> tensors() {
        return content.tensors();
    }

    /** What stands among the tensors without being one, in a word or two. */
    Map<String, String> others() {
        return content.others();
    }

    /**
     * The values of a tensor as fp32, in row-major order.
     *
     * @throws HarnessException of kind CHECKPOINT when they are damaged
     */
    float[] values(StoredTensor tensor) {
        try {
            return tensor.values().read();
        } catch (IOException e) {
            throw refused(file, e);
        }
    }

    @Override
    public void close() {
        for (FileChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException e) {
                throw refused(file, e);
            }
        }
    }
}
