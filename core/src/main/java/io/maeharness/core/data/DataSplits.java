package io.maeharness.core.data;

import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import io.maeharness.files.Sha256;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The three parts of a data set and the statistics of the first.
 *
 * <p>The test part is read once for each result; every choice that is made by looking at a number
 * uses the validation part.
 *
 * @param train what models are trained on
 * @param validation a fixed, class-balanced share of the training pictures
 * @param test the data set's own test (or validation) pictures
 * @param statistics mean and deviation that standardise the pixels of all three
 * @param left what lies beside the images and is not read
 */
public record DataSplits(
        ImageDataset train, ImageDataset validation, ImageDataset test, PixelStatistics statistics, LeftOut left) {

    /** Drawn once for all; another number would be another validation split. */
    private static final StageRandom SPLIT = new StageRandom(20211111);

    /** Checks that the parts have the same channels and classes. */
    public DataSplits {
        if (train.channels() != test.channels() || train.channels() != validation.channels()) {
            throw new IllegalArgumentException("the splits differ in channels: " + train.channels() + ", "
                    + validation.channels() + " and " + test.channels());
        }
        if (!train.classNames().equals(test.classNames())) {
            throw new IllegalArgumentException("the classes of " + train.name() + " and " + test.name() + " differ");
        }
        if (statistics.channels() != train.channels()) {
            throw new IllegalArgumentException(
                    "statistics of " + statistics.channels() + " channels for pictures of " + train.channels());
        }
    }

    /**
     * Returns the smallest share that carves a validation image out of each class that can spare one; empty when no class
     * has two training images, or none can be spared at a share of at most a half.
     */
    public OptionalDouble smallestShare() {
        int[] counts = new int[train.numClasses()];
        for (ImageDataset part : List.of(train, validation)) {
            for (int i = 0; i < part.size(); i++) {
                counts[part.label(i)]++;
            }
        }
        return Arrays.stream(counts).filter(count -> count > 1).min().stream()
                .mapToDouble(count -> Math.ceil(500.0 / count) / 1000) // a half of an image is rounded up
                .findFirst();
    }

    /** Returns the pictures that accuracies are measured on. */
    public ImageDataset evaluated(Split split) {
        return switch (split) {
            case TEST -> test;
            case VALIDATION -> validation;
        };
    }

    /** Returns a SHA-256 over the digests of the three parts and the statistics. */
    public String digest() {
        return new Sha256()
                .add(train.digest())
                .add(validation.digest())
                .add(test.digest())
                .add(statistics.toString())
                .hex();
    }

    /**
     * Carves the validation part out of training pictures.
     *
     * <p>From each class the same share, rounded, and at least one picture stays for training.
     *
     * @param share part of each class that is carved out, in [0, 1)
     * @return the positions that remain and the positions carved out, each in ascending order
     */
    static Carved carve(ImageDataset whole, double share) {
        boolean[] held = new boolean[whole.size()];
        int[][] byClass = positionsByClass(whole);
        for (int label = 0; label < byClass.length; label++) {
            int[] positions = byClass[label];
            int count = Math.min((int) Math.round(positions.length * share), Math.max(0, positions.length - 1));
            int[] order = SPLIT.permutation(Purpose.SPLIT, label, positions.length);
            for (int i = 0; i < count; i++) {
                held[positions[order[i]]] = true;
            }
        }
        return new Carved(positionsWhere(held, false), positionsWhere(held, true));
    }

    private static int[][] positionsByClass(ImageDataset whole) {
        int[] counts = new int[whole.numClasses()];
        for (int i = 0; i < whole.size(); i++) {
            counts[whole.label(i)]++;
        }
        int[][] positions = new int[counts.length][];
        Arrays.setAll(positions, label -> new int[counts[label]]);
        int[] filled = new int[counts.length];
        for (int i = 0; i < whole.size(); i++) {
            int label = whole.label(i);
            positions[label][filled[label]++] = i;
        }
        return positions;
    }

    private static int[] positionsWhere(boolean[] held, boolean value) {
        return IntStream.range(0, held.length).filter(i -> held[i] == value).toArray();
    }

    /** Two disjoint lists of positions that together are all of them. */
    static final class Carved {
        private final int[] train;
        private final int[] validation;

        private Carved(int[] train, int[] validation) {
            this.train = train;
            this.validation = validation;
        }

        Subset train(ImageDataset whole, String name) {
            return new Subset(name, whole, train);
        }

        Subset validation(ImageDataset whole, String name) {
            return new Subset(name, whole, validation);
        }
    }
}
