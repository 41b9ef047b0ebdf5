package io.maeharness.core.stage;

import io.maeharness.core.config.DataSettings;
import io.maeharness.core.data.DamagedImages;
import io.maeharness.core.data.DataRequest;
import io.maeharness.core.data.DataSource;
import io.maeharness.core.data.DataSplits;
import io.maeharness.core.data.ImageDataset;
import io.maeharness.core.data.LeftOut;
import io.maeharness.core.data.Subset;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The images a stage trains and is evaluated on.
 *
 * @param train training images, cut to the limit
 * @param held test images, or the validation images while a recipe is tuned, cut to the limit
 * @param validation validation images, for pictures
 * @param statistics standardise the pixels of all of them
 * @param left what lies beside them and is not read
 */
public record StageData(
        ImageDataset train, ImageDataset held, ImageDataset validation, PixelStatistics statistics, LeftOut left) {
    /** The order from which limited subsets are the first; fixed, so that a larger limit only adds images. */
    private static final StageRandom LIMIT = new StageRandom(20211112);

    /** Images beside which nothing lies. */
    public StageData(ImageDataset train, ImageDataset held, ImageDataset validation, PixelStatistics statistics) {
        this(train, held, validation, statistics, LeftOut.NOTHING);
    }

    /** The identity of the images under a directory. */
    public static DataIdentity identify(DataSettings settings, Optional<Path> directory) {
        return new DataIdentity(settings, open(settings, directory).digest());
    }

    /**
     * Opens the images of a stage.
     *
     * @throws HarnessException of kind DATA when they are not there, or not those the stage was planned with
     */
    public static StageData of(DataIdentity identity, Optional<Path> directory) {
        DataSettings settings = identity.settings();
        DataSplits splits = open(settings, directory);
        if (!splits.digest().equals(identity.digest())) {
            throw new HarnessException(
                    HarnessException.Kind.DATA,
                    "the images of '" + settings.dataset().key()
                            + "' have changed since the run was planned; start it again");
        }
        return of(settings, splits);
    }

    /** Opens the images that settings ask for, whatever they are. */
    public static StageData of(DataSettings settings, Optional<Path> directory) {
        return of(settings, open(settings, directory));
    }

    /**
     * Opens images that a finished model is evaluated on: all test images of a data set, for which an image folder needs no
     * training images. There are no others.
     */
    public static StageData ofTest(DataRequest request) {
        DataSource.TestImages test = DataSource.openTest(request);
        return new StageData(test.images(), test.images(), test.images(), test.statistics(), test.left());
    }

    /**
     * The images of an opened data set that settings ask for.
     *
     * @throws HarnessException of kind CONFIG or DATA when there are none
     */
    public static StageData of(DataSettings settings, DataSplits splits) {
        ImageFacts.requireImages(settings, splits);
        return new StageData(
                limited(splits.train(), settings.trainLimit()),
                limited(splits.evaluated(settings.evaluateOn()), settings.testLimit()),
                splits.validation(),
                splits.statistics(),
                splits.left());
    }

    /**
     * Demands validation images, of a stage that draws them, before it computes anything.
     *
     * @throws HarnessException of kind CONFIG when there are none
     */
    public void requireValidation() {
        if (validation.size() == 0) {
            throw new HarnessException(
                    HarnessException.Kind.CONFIG,
                    "there are no validation images, which this stage draws; raise data.validationShare");
        }
    }

    private static DataSplits open(DataSettings settings, Optional<Path> directory) {
        return DataSource.open(request(settings, directory, false));
    }

    /**
     * How the images that settings ask for are opened.
     *
     * @param checked whether every image of a folder is looked at, where that has not been done
     */
    public static DataRequest request(DataSettings settings, Optional<Path> directory, boolean checked) {
        DamagedImages others = checked ? DamagedImages.REFUSED : DamagedImages.UNCHECKED;
        DataRequest request = DataRequest.of(settings.dataset())
                .withValidationShare(settings.validationShare())
                .withDamaged(settings.skipDamaged() ? DamagedImages.SKIPPED : others);
        return directory.map(request::withDirectory).orElse(request);
    }

    /** The first of a fixed random order; all images when the limit is 0 or not reached. */
    public static ImageDataset limited(ImageDataset all, int limit) {
        if (limit == 0 || limit >= all.size()) {
            return all;
        }
        int[] order = LIMIT.permutation(Purpose.SPLIT, 0, all.size());
        return new Subset(all.name() + "/first-" + limit, all, Arrays.copyOf(order, limit));
    }
}
