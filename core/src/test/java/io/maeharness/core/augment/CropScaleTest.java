package io.maeharness.core.augment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.image.Box;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import org.junit.jupiter.api.Test;

class CropScaleTest {

    private final StageRandom random = new StageRandom(1);

    private Box draw(CropScale scale, int width, int height, int index) {
        return scale.draw(width, height, random.at(Purpose.AUGMENTATION, 0, index));
    }

    @Test
    void cropsLieInsideWithAreaAndRatioInRange() {
        for (int i = 0; i < 5000; i++) {
            Box box = draw(CropScale.PRETRAINING, 500, 300, i);
            assertTrue(box.left() + box.width() <= 500 && box.top() + box.height() <= 300, box.toString());
            double share = box.width() * box.height() / 150_000.0;
            double ratio = (double) box.width() / box.height();
            assertTrue(share > 0.195 && share <= 1, box.toString());
            assertTrue(ratio > 0.74 && ratio < 1.35, box.toString());
        }
    }

    @Test
    void smallAreasAreUniformAndRatiosLogUniform() {
        double shares = 0;
        double logRatios = 0;
        int wide = 0;
        int count = 20_000;
        CropScale scale = new CropScale(0.1, 0.4); // always fits at once, so nothing is rejected
        for (int i = 0; i < count; i++) {
            Box box = draw(scale, 1000, 1000, i);
            shares += box.width() * box.height() / 1e6;
            double log = Math.log((double) box.width() / box.height());
            logRatios += log;
            wide += Math.abs(log) > Math.log(4 / 3.0) / 2 ? 1 : 0;
        }
        assertEquals(0.25, shares / count, 0.004);
        assertEquals(0, logRatios / count, 0.007);
        assertEquals(0.5, (double) wide / count, 0.02);
    }

    @Test
    void positionsCoverTheFreeSpaceEvenly() {
        double left = 0;
        int count = 10_000;
        CropScale scale = new CropScale(0.25, 0.25);
        for (int i = 0; i < count; i++) {
            Box box = draw(scale, 200, 200, i);
            left += box.left() / (double) (200 - box.width());
        }
        assertEquals(0.5, left / count, 0.015);
    }

    @Test
    void aPictureThatNoDrawFitsGivesTheLargestCentredCrop() {
        assertEquals(new Box(433, 0, 133, 100), draw(new CropScale(1, 1), 1000, 100, 0));
        assertEquals(new Box(0, 433, 100, 133), draw(new CropScale(1, 1), 100, 1000, 0));
    }

    @Test
    void scalesOutsideZeroToOneAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new CropScale(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new CropScale(0.5, 0.4));
        assertThrows(IllegalArgumentException.class, () -> new CropScale(0.5, 1.1));
    }
}
