package io.maeharness.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.image.Picture;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BundledFashionMnistTest {

    private static DataSplits splits;

    @BeforeAll
    static void open() {
        splits = DataSource.open(DataRequest.of(DataSource.BUNDLED));
    }

    private static int[] counts(ImageDataset dataset) {
        int[] counts = new int[dataset.numClasses()];
        for (int i = 0; i < dataset.size(); i++) {
            counts[dataset.label(i)]++;
        }
        return counts;
    }

    @Test
    void theSplitsHaveTheirSizesAndAreClassBalanced() {
        assertEquals(10_800, splits.train().size());
        assertEquals(1_200, splits.validation().size());
        assertEquals(10_000, splits.test().size());
        for (int label = 0; label < 10; label++) {
            assertEquals(1_080, counts(splits.train())[label]);
            assertEquals(120, counts(splits.validation())[label]);
            assertEquals(1_000, counts(splits.test())[label]);
        }
    }

    @Test
    void picturesAreStoredAsPublished() {
        Picture picture = splits.train().image(0);
        assertEquals(28, picture.width());
        assertEquals(28, picture.height());
    }

    @Test
    void noPictureIsInTwoSplits() {
        Set<Picture> train = new HashSet<>();
        for (int i = 0; i < splits.train().size(); i++) {
            train.add(splits.train().image(i));
        }
        int shared = 0;
        for (int i = 0; i < splits.validation().size(); i++) {
            shared += train.contains(splits.validation().image(i)) ? 1 : 0;
        }
        assertTrue(shared <= 2, shared + " validation pictures are also training pictures");
    }

    @Test
    void statisticsAreThoseOfTheTrainingSplit() {
        assertEquals(0.2880, splits.statistics().mean().get(0), 1e-4);
        assertEquals(0.3548, splits.statistics().deviation().get(0), 1e-4);
    }

    @Test
    void theSplitIsFixedForAllTime() {
        assertEquals("e3ceff53bc280f937889fa19f1b4ee7770cd772a7e6026000e977c275cd7685f", splits.digest());
    }

    @Test
    void theDigestTellsSplitsApart() {
        DataSplits other = DataSource.open(DataRequest.of(DataSource.BUNDLED).withValidationShare(0.2));
        assertEquals(9_600, other.train().size());
        assertNotEquals(splits.digest(), other.digest());
        assertEquals(splits.test().digest(), other.test().digest());
    }
}
