package io.maeharness.core.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.config.DataSettings;
import io.maeharness.core.data.DataSource;
import io.maeharness.core.data.Split;
import io.maeharness.core.error.HarnessException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A count of no images is refused before anything is computed. */
class ImageFactsTest {
    @TempDir
    Path root;

    @BeforeEach
    void fourImagesAClass() throws IOException {
        for (String folder : new String[] {"train/a", "train/b", "val/a", "val/b"}) {
            Path directory = Files.createDirectories(root.resolve(folder));
            for (int i = 0; i < 4; i++) {
                BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
                ImageIO.write(image, "png", directory.resolve(i + ".png").toFile());
            }
        }
    }

    private static DataSettings settings(double share, Split evaluated) {
        return new DataSettings(DataSource.IMAGE_FOLDER, share, 0, 0, evaluated);
    }

    @Test
    void anEvaluationOnNoImagesIsRefusedWithTheShareThatWorks() {
        HarnessException failure = assertThrows(
                HarnessException.class, () -> StageData.of(settings(0.1, Split.VALIDATION), Optional.of(root)));
        assertEquals(HarnessException.Kind.CONFIG, failure.kind());
        assertTrue(
                failure.getMessage()
                        .contains("leaves no validation image of 8 training images in 2 classes; use --set"
                                + " data.validationShare=0.125 or more, or --set data.evaluateOn=test"),
                failure.getMessage());
        assertEquals(
                2,
                StageData.of(settings(0.125, Split.VALIDATION), Optional.of(root))
                        .held()
                        .size());
    }

    @Test
    void validationImagesThatNobodyAsksForMayBeMissing() {
        assertEquals(
                0,
                StageData.of(settings(0.1, Split.TEST), Optional.of(root))
                        .validation()
                        .size());
    }

    @Test
    void skippingDamagedImagesIsPartOfAnIdentityOnlyWhereItIsAskedFor() throws IOException {
        var json = new com.fasterxml.jackson.databind.ObjectMapper();
        DataSettings plain = settings(0.1, Split.TEST);
        assertFalse(json.writeValueAsString(plain).contains("skipDamaged"));
        assertEquals(plain, json.readValue(json.writeValueAsString(plain), DataSettings.class));
        DataSettings skipping = new DataSettings(DataSource.IMAGE_FOLDER, 0.1, 0, 0, Split.TEST, true);
        assertTrue(json.writeValueAsString(skipping).contains("\"skipDamaged\":true"));
        assertEquals(skipping, json.readValue(json.writeValueAsString(skipping), DataSettings.class));
    }
}
