package io.maeharness.interop.exchange;

import io.maeharness.core.error.HarnessException;
import io.maeharness.files.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file with somebody's weights, opened without believing it: a PyTorch checkpoint in the zip format of
 * {@code torch.save}, or safetensors.
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

    private final Path file;
    private final FileChannel channel;
    private final Map<String, StoredTensor> tensors;
    private final Map<String, String> others;

    private ForeignCheckpoint(
            Path file, FileChannel channel, Map<String, StoredTensor> tensors, Map<String, String> others) {
        this.file = file;
        this.channel = channel;
        this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
        this.others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
    }

    /**
     * Opens a file and reads its table of contents.
     *
     * @throws HarnessException of kind CHECKPOINT when it is missing, damaged, hostile or of another format
     */
    public static ForeignCheckpoint open(Path file) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            if (Files.isDirectory(file)) {
                throw new IOException("it is a directory");
            }
            return open(file, channel);
        } catch (IOException | HarnessException e) {
            close(channel, e);
            throw e instanceof HarnessException known ? known : refused(file, (IOException) e);
        }
    }

    private static ForeignCheckpoint open(Path file, FileChannel channel) throws IOException {
        int start = channel.size() < Integer.BYTES
                ? 0
                : FileBytes.read(channel, 0, Integer.BYTES).getInt();
        if (start == ZIP || start == EMPTY_ZIP) {
            TorchModel model = TorchModel.read(TorchArchive.open(channel));
            return new ForeignCheckpoint(file, channel, model.tensors(), model.others());
        }
        if ((start & 0xFF) == PICKLE
                && ((start >> Byte.SIZE) & 0xFF) <= NEWEST_PROTOCOL
                && !looksLikeSafetensors(channel)) {
            throw new HarnessException(HarnessException.Kind.CHECKPOINT, legacy(file));
        }
        return new ForeignCheckpoint(file, channel, SafetensorsModel.read(channel), Map.of());
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
        String message = cause instanceof NoSuchFileException
                ? file + " does not exist; check the path"
                : file + " cannot be imported: " + cause.getMessage()
                        + "; import takes a .pth of torch.save (1.6 and later) or a .safetensors file: get it again";
        return new HarnessException(HarnessException.Kind.CHECKPOINT, message, cause);
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
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                because.addSuppressed(e);
            }
        }
    }

    /** SHA-256 of the file, hexadecimal. */
    public String digest() {
        try {
            Sha256 digest = new Sha256();
            long size = channel.size();
            for (long at = 0; at < size; at += BLOCK) {
                digest.add(FileBytes.read(channel, at, (int) Math.min(BLOCK, size - at)));
            }
            return digest.hex();
        } catch (IOException e) {
            throw refused(file, e);
        }
    }

    /** The tensors by the names of the file, in its order. */
    Map<String, StoredTensor> tensors() {
        return tensors;
    }

    /** What stands among the tensors without being one, in a word or two. */
    Map<String, String> others() {
        return others;
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
        try {
            channel.close();
        } catch (IOException e) {
            throw refused(file, e);
        }
    }
}
