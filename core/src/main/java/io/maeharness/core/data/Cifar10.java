package io.maeharness.core.data;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.image.Picture;
import io.maeharness.files.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * CIFAR-10 in its six binary batches, or in the pickled batches of its Python version, which hold the same images in the same
 * order: 50,000 training and 10,000 test images, 32x32 colour, 10 classes.
 *
 * <p>Each record is a label and 3,072 bytes: the red, the green and the blue plane, row by row.
 * Source: Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009.
 */
final class Cifar10 {

    static final List<String> CLASSES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

    static final int SIDE = 32;
    static final int RECORD = 1 + 3 * SIDE * SIDE;

    /** The directory that the official archive unpacks to. */
    static final String FOLDER = "cifar-10-batches-bin";

    /** The directory that the archive of the Python version unpacks to. */
    static final String PICKLED_FOLDER = "cifar-10-batches-py";

    static final String ARCHIVE = "cifar-10-binary.tar.gz";

    private static final URI ADDRESS = URI.create("https://www.cs.toronto.edu/~kriz/");
    private static final int OFFICIAL_LENGTH = 10_000 * RECORD;
    private static final String PICKLED_ARCHIVE = "cifar-10-python.tar.gz";
    private static final String WAY_OUT = "unpack " + ARCHIVE + " from " + ADDRESS + ARCHIVE + " again";
    private static final String PICKLED_WAY_OUT =
            "unpack " + PICKLED_ARCHIVE + " from " + ADDRESS + PICKLED_ARCHIVE + " again";
    private static final int MOST_BYTES_PICKLED = 64 << 20;

    private final List<DataFile> train;
    private final DataFile test;
    private final String archiveSha256;

    Cifar10(List<DataFile> train, DataFile test, String archiveSha256) {
        this.train = List.copyOf(train);
        this.test = test;
        this.archiveSha256 = archiveSha256;
    }

    static Cifar10 official() {
        return new Cifar10(
                List.of(
                        batch("data_batch_1", "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
                        batch("data_batch_2", "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
                        batch("data_batch_3", "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
                        batch("data_batch_4", "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
                        batch("data_batch_5", "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add")),
                batch("test_batch", "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"),
                "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd");
    }

    private static DataFile batch(String name, String sha256) {
        return new DataFile(name + ".bin", OFFICIAL_LENGTH, sha256);
    }

    /** Returns the same files, expected in an archive with another digest. */
    Cifar10 withArchive(String sha256) {
        return new Cifar10(train, test, sha256);
    }

    /** Reads both parts from the given directory, the cache, or a download into it. */
    DataSource.TrainAndTest read(DataRequest request) {
        Path directory = locate(request);
        return new DataSource.TrainAndTest(
                part("cifar10/train", train, directory), part("cifar10/test", List.of(test), directory));
    }

    private Path locate(DataRequest request) {
        if (request.directory().isPresent()) {
            return below(request.directory().get());
        }
        Path cached = request.cacheDirectory().resolve(FOLDER);
        Path pickled = request.cacheDirectory().resolve(PICKLED_FOLDER);
        if (!Files.isDirectory(cached) && Files.isDirectory(pickled)) {
            return pickled;
        }
        if (!Files.isDirectory(cached)) {
            download(request, cached);
        }
        return cached;
    }

    /** Unpacks beside the final directory and moves it there, so that the final one is always whole. */
    private void download(DataRequest request, Path cached) {
        URI address = request.mirror().orElse(ADDRESS).resolve(ARCHIVE);
        Download.requireAllowed(request, "cifar10", address);
        Path archive = Download.checked(
                new Transfer(address, request.listener()),
                address,
                archiveSha256,
                request.cacheDirectory().resolve(ARCHIVE));
        TarGzip.unpack(archive, FOLDER, cached);
    }

    /** The directory that holds the batches: the given one, or one of the official names below it. */
    private static Path below(Path given) {
        return Stream.of(given.resolve(FOLDER), given.resolve(PICKLED_FOLDER))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(given);
    }

    private static MemoryDataset part(String name, List<DataFile> files, Path directory) {
        requireBatches(directory, files.get(0));
        List<Picture> pictures = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (DataFile file : files) {
            byte[] bytes = read(directory, file);
            for (int at = 0; at < bytes.length; at += RECORD) {
                pictures.add(picture(bytes, at + 1));
                labels.add((int) bytes[at]);
            }
        }
        return new MemoryDataset(
                name, CLASSES, pictures, labels.stream().mapToInt(i -> i).toArray());
    }

    private static void requireBatches(Path directory, DataFile first) {
        String named = "name the one that holds " + first.name() + " or " + pickled(first) + " with --data-dir";
        Optional<String> denied = FileProblem.denied(directory);
        if (denied.isPresent()) {
            throw HarnessException.data(directory + " cannot be listed (" + denied.get() + "); see to its permissions");
        }
        if (Files.isRegularFile(directory)) {
            throw HarnessException.data(
                    directory + " is " + FileContent.of(directory).orElse("a file")
                            + " and no directory of CIFAR-10; unpack it and " + named);
        }
        if (!Files.isDirectory(directory)) {
            throw HarnessException.data("the directory " + directory + " of CIFAR-10 does not exist; " + named);
        }
        if (Files.exists(directory.resolve(first.name())) || Files.exists(directory.resolve(pickled(first)))) {
            return;
        }
        for (String archive : List.of(ARCHIVE, PICKLED_ARCHIVE)) {
            if (Files.exists(directory.resolve(archive))) {
                throw HarnessException.data(directory + " holds " + archive + ", which is not unpacked: tar -xzf "
                        + directory.resolve(archive) + " -C " + directory);
            }
        }
        if (Files.exists(directory.resolve("fine_label_names.txt")) || Files.exists(directory.resolve("meta"))) {
            throw HarnessException.data(directory + " looks like CIFAR-100; " + named);
        }
        throw HarnessException.data(
                directory + " holds neither " + first.name() + " nor " + pickled(first) + "; " + named);
    }

    private static String pickled(DataFile file) {
        return file.name().replace(".bin", "");
    }

    /** The records of a batch, from its binary file or, where there is none, from its pickled one. */
    private static byte[] read(Path directory, DataFile file) {
        Path pickle = directory.resolve(pickled(file));
        if (Files.exists(directory.resolve(file.name())) || !Files.exists(pickle)) {
            return file.read(directory, WAY_OUT);
        }
        byte[] records;
        try (InputStream in = Files.newInputStream(pickle)) {
            byte[] bytes = in.readNBytes(MOST_BYTES_PICKLED);
            Optional<String> other = FileContent.foreign(bytes);
            if (other.isPresent()) {
                throw HarnessException.damaged(
                        pickle + " is not what its name says: it is " + other.get() + "; " + PICKLED_WAY_OUT);
            }
            records = records(pickle, bytes);
        } catch (IOException e) {
            throw HarnessException.data(pickle + " cannot be read (" + DataFile.reason(e) + "); " + PICKLED_WAY_OUT, e);
        }
        return file.checked("what " + pickle + " holds", records, PICKLED_WAY_OUT);
    }

    private static byte[] records(Path pickle, byte[] bytes) {
        try {
            return PickledBatch.records(bytes, RECORD - 1);
        } catch (IOException e) {
            throw HarnessException.damaged(
                    pickle + " is no batch of CIFAR-10's Python version: " + e.getMessage() + "; " + PICKLED_WAY_OUT,
                    e);
        }
    }

    /** Interleaves the three planes. */
    private static Picture picture(byte[] bytes, int from) {
        int area = SIDE * SIDE;
        byte[] pixels = new byte[3 * area];
        for (int channel = 0; channel < 3; channel++) {
            for (int i = 0; i < area; i++) {
                pixels[i * 3 + channel] = bytes[from + channel * area + i];
            }
        }
        return new Picture(SIDE, SIDE, 3, pixels);
    }
}
