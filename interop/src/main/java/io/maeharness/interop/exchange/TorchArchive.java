package io.maeharness.interop.exchange;

import io.maeharness.core.error.Quoted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The zip file that {@code torch.save} writes: {@code NAME/data.pkl} and {@code NAME/data/KEY} for each storage. */
final class TorchArchive {
    private static final String PICKLE = "data.pkl";
    /** A ViT-H with its optimiser's state has a pickle of 300 KB. */
    private static final long LONGEST_PICKLE = 16L << 20;

    private static final int LONGEST_WORD = 16;

    private final ZipDirectory directory;
    private final ZipContents contents;
    private final String prefix;

    private TorchArchive(ZipDirectory directory, ZipContents contents, String prefix) {
        this.directory = directory;
        this.contents = contents;
        this.prefix = prefix;
    }

    /**
     * Reads the directory of an archive.
     *
     * @throws IOException that says what is wrong with it
     */
    static TorchArchive open(FileChannel channel) throws IOException {
        ZipDirectory directory = ZipDirectory.read(channel);
        List<String> pickles = directory.byName().keySet().stream()
                .filter(name -> name.equals(PICKLE) || name.matches("[^/]*/" + PICKLE))
                .toList();
        if (pickles.size() != 1) {
            throw new IOException("it is a zip file"
                    + directory.byName().keySet().stream()
                            .findFirst()
                            .map(name -> " of " + Quoted.of(name)
                                    + (directory.byName().size() > 1
                                            ? " and " + (directory.byName().size() - 1) + " more"
                                            : ""))
                            .orElse(" of nothing")
                    + ", but not one of torch.save, which has one NAME/data.pkl");
        }
        String prefix = pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
        if (directory.byName().containsKey(prefix + "constants.pkl")) {
            throw new IOException("it is a TorchScript archive, not a checkpoint; save the model's state_dict instead");
        }
        return new TorchArchive(directory, new ZipContents(channel), prefix);
    }

    /** The value that was saved. */
    PickleValue value() throws IOException {
        ZipDirectory.Entry entry = entry(PICKLE).orElseThrow();
        if (entry.size() > LONGEST_PICKLE) {
            throw new IOException(
                    "its pickle has " + entry.size() + " bytes, more than the " + LONGEST_PICKLE + " that are read");
        }
        byte[] pickle = new byte[(int) entry.size()];
        contents.range(entry, 0, pickle.length).get(pickle);
        return PickleMachine.run(pickle, new TorchObjects(this));
    }

    /** Length of a storage, bytes. */
    long storageBytes(String key) throws IOException {
        return storage(key).size();
    }

    private ZipDirectory.Entry storage(String key) throws IOException {
        return entry("data/" + key)
                .orElseThrow(() -> new IOException("its storage " + Quoted.of(key) + " is missing from the archive"));
    }

    /** The values of a tensor, as fp32. */
    float[] values(PickleValue.Tensor tensor) throws IOException {
        long width = tensor.storage().type().bytes();
        long bytes = tensor.view().span() * width;
        if (bytes > Integer.MAX_VALUE) {
            throw new IOException("a tensor of " + bytes + " bytes is larger than Java's arrays");
        }
        ByteBuffer span =
                contents.range(storage(tensor.storage().key()), tensor.view().offset() * width, (int) bytes);
        return tensor.view().gather(span.order(order()), tensor.storage().type());
    }

    /** Archives of PyTorch 2.1 and later say; earlier ones were little-endian everywhere but on rare machines. */
    private ByteOrder order() throws IOException {
        Optional<ZipDirectory.Entry> entry = entry("byteorder");
        if (entry.isEmpty()) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        int bytes = (int) Math.min(LONGEST_WORD, entry.get().size());
        String word = StandardCharsets.US_ASCII
                .decode(contents.range(entry.get(), 0, bytes))
                .toString();
        return switch (word.strip()) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> throw new IOException("its byte order is " + Quoted.of(word) + ", neither little nor big");
        };
    }

    private Optional<ZipDirectory.Entry> entry(String name) {
        return Optional.ofNullable(directory.byName().get(prefix + name));
    }
}
