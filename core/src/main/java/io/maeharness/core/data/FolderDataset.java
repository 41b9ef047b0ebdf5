package io.maeharness.core.data;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.image.Picture;
import io.maeharness.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Colour pictures in one directory a class, decoded when they are asked for.
 *
 * <p>The digest covers the sorted relative paths and the sizes, and the contents as well while all
 * files together have at most 256 MiB: reading ImageNet's 140 GB before each run would cost more than
 * it protects from.
 */
final class FolderDataset implements ImageDataset {

    private static final long MOST_BYTES_HASHED = 256L << 20;

    private final String name;
    private final Path root;
    private final List<String> classNames;
    private final List<String> files;
    private final int[] labels;
    private String digest;

    /**
     * Creates a data set of files.
     *
     * @param root directory that holds one directory a class
     * @param files the pictures relative to {@code root}, with slashes, in the order of the data set; texts, because
     *     a million paths would take twice the memory
     * @param labels one a file
     */
    FolderDataset(String name, Path root, List<String> classNames, List<String> files, int[] labels) {
        this.name = name;
        this.root = root;
        this.classNames = List.copyOf(classNames);
        this.files = List.copyOf(files);
        this.labels = labels.clone();
    }

    /** Directory that holds one directory a class. */
    Path root() {
        return root;
    }

    /** Path of a picture relative to {@link #root}, with slashes. */
    String file(int index) {
        return files.get(index);
    }

    /**
     * The same data set without some of its files.
     *
     * @param left paths as {@link #file} has them
     * @throws HarnessException of kind DATA_DAMAGED when a class has no other
     */
    FolderDataset without(Set<String> left) {
        int[] kept = IntStream.range(0, labels.length)
                .filter(i -> !left.contains(files.get(i)))
                .toArray();
        Set<Integer> classes = Arrays.stream(kept).mapToObj(i -> labels[i]).collect(Collectors.toSet());
        for (int label = 0; label < classNames.size(); label++) {
            if (!classes.contains(label)) {
                throw HarnessException.damaged("all images of " + root.resolve(classNames.get(label))
                        + " are damaged; replace some of them, or delete the class from both parts");
            }
        }
        return new FolderDataset(
                name,
                root,
                classNames,
                Arrays.stream(kept).mapToObj(files::get).toList(),
                Arrays.stream(kept).map(i -> labels[i]).toArray());
    }

    /** Digest of the times of the files' last changes. */
    String changes() {
        Sha256 sha = new Sha256();
        for (String file : files) {
            sha.add(root.resolve(file).toFile().lastModified());
        }
        return sha.hex();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public List<String> classNames() {
        return classNames;
    }

    @Override
    public int channels() {
        return 3;
    }

    @Override
    public Picture image(int index) {
        return ImageFile.read(root.resolve(files.get(index)));
    }

    @Override
    public boolean isDecoded() {
        return true;
    }

    @Override
    public synchronized String digest() {
        if (digest == null) {
            digest = computeDigest();
        }
        return digest;
    }

    private String computeDigest() {
        Path current = root;
        try {
            List<Long> sizes = new ArrayList<>(files.size());
            long total = 0;
            for (String file : files) {
                current = root.resolve(file);
                sizes.add(Files.size(current));
                total += sizes.get(sizes.size() - 1);
            }
            Sha256 sha = new Sha256();
            for (int i = 0; i < files.size(); i++) {
                current = root.resolve(files.get(i));
                sha.add(files.get(i)).add(sizes.get(i));
                if (total <= MOST_BYTES_HASHED) {
                    sha.add(Files.readAllBytes(current));
                }
            }
            return sha.hex();
        } catch (IOException e) {
            throw ImageFile.unreadable(current, e);
        }
    }
}
