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
        splits = DataSource.open(DataRequest.of("bundled"));
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
        assertEquals(2_000, splits.test().size());
        for (int label = 0; label < 10; label++) {
            assertEquals(1_080, counts(splits.train())[label]);
            assertEquals(120, counts(splits.validation())[label]);
            assertEquals(200, counts(splits.test())[label]);
        }
    }

    @Test
    void picturesArePaddedTo32WithZeros() {
        Picture picture = splits.train().image(0);
        assertEquals(32, picture.width());
        assertEquals(32, picture.height());
        for (int i = 0; i < 32; i++) {
            assertEquals(0, picture.level(0, i, 0) + picture.level(31, i, 0) + picture.level(i, 1, 0));
        }
        assertEquals(
                28,
                DataSource.open(DataRequest.of("bundled").withPadTo(0))
                        .train()
                        .image(0)
                        .width());
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
        assertEquals(0.2205, splits.statistics().mean().get(0), 1e-4);
        assertEquals(0.3335, splits.statistics().deviation().get(0), 1e-4);
    }

    @Test
    void theSplitIsFixedForAllTime() {
        assertEquals("7e0851fd7e48dd842681f7d771dc2f79ce0a7eac35f594d2addacc992ef14010", splits.digest());
    }

    @Test
    void theDigestTellsSplitsApart() {
        DataSplits other = DataSource.open(DataRequest.of("bundled").withValidationShare(0.2));
        assertEquals(9_600, other.train().size());
        assertNotEquals(splits.digest(), other.digest());
        assertEquals(splits.test().digest(), other.test().digest());
    }
}
