package io.maeharness.core.pretrain;

import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.core.masking.MaskBatch;
import io.maeharness.core.model.PatchTarget;
import io.maeharness.core.model.Patchify;
import io.maeharness.files.FileProblem;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/**
 * A picture with one row an image: original, masked, reconstruction. Removed patches are grey in the middle; on the right
 * they are predicted and the visible ones are the image's own, as in the paper's figure 6.
 */
final class ReconstructionGrid {
    private static final int COLUMNS = 3;
    private static final int GAP = 6;
    private static final int SHOWN_SIDE = 112;
    private static final Color REMOVED = new Color(150, 150, 150);
    private final ModelSettings model;
    private final int channels;
    private final PixelStatistics statistics;
    private final PatchTarget target;

    ReconstructionGrid(ModelSettings model, int channels, PixelStatistics statistics, PatchTarget target) {
        this.model = model;
        this.channels = channels;
        this.statistics = statistics;
        this.target = target;
    }

    /**
     * Writes the picture as PNG.
     *
     * @param images [N, C, S, S], standardised
     * @param predictions [N, L, outputs]
     */
    void write(Path file, float[] images, float[] predictions, MaskBatch masks, int count) {
        int side = model.imageSize() * Math.max(1, SHOWN_SIDE / model.imageSize());
        BufferedImage sheet =
                new BufferedImage(COLUMNS * (side + GAP) + GAP, count * (side + GAP) + GAP, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        for (int n = 0; n < count; n++) {
            BufferedImage[] row = row(images, predictions, masks, n);
            for (int k = 0; k < COLUMNS; k++) {
                graphics.drawImage(row[k], GAP + k * (side + GAP), GAP + n * (side + GAP), side, side, null);
            }
        }
        graphics.dispose();
        try {
            Files.createDirectories(file.getParent());
            ImageIO.write(sheet, "png", file.toFile());
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.DISK, "cannot write " + file + " (" + FileProblem.inWords(e) + ")", e);
        }
    }

    private BufferedImage[] row(float[] images, float[] predictions, MaskBatch masks, int n) {
        int size = model.imageSize();
        int patches = model.numPatches();
        BufferedImage[] row = new BufferedImage[COLUMNS];
        for (int k = 0; k < COLUMNS; k++) {
            row[k] = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        }
        float[] image = Arrays.copyOfRange(images, n * channels * size * size, (n + 1) * channels * size * size);
        float[] patch = new float[model.patchValues(channels)];
        for (int i = 0; i < patches; i++) {
            int number = (int) masks.shuffle()[n * patches + i];
            Patchify.copyPatch(image, model, channels, number, patch, 0);
            paint(row[0], number, patch);
            if (i < masks.lenKeep()) {
                paint(row[1], number, patch);
                paint(row[2], number, patch);
            } else {
                fill(row[1], number);
                int at = (n * patches + number) * target.outputs();
                float[] predicted = Arrays.copyOfRange(predictions, at, at + target.outputs());
                paint(row[2], number, target.pixels(predicted, patch));
            }
        }
        return row;
    }

    private void fill(BufferedImage into, int number) {
        Graphics2D graphics = into.createGraphics();
        graphics.setColor(REMOVED);
        int side = model.patchSize();
        graphics.fillRect(number % model.gridSize() * side, number / model.gridSize() * side, side, side);
        graphics.dispose();
    }

    /** Paints a patch given as (row, column, channel), standardised. */
    private void paint(BufferedImage into, int number, float[] patch) {
        int side = model.patchSize();
        int top = number / model.gridSize() * side;
        int left = number % model.gridSize() * side;
        for (int i = 0; i < side * side; i++) {
            int rgb = 0;
            for (int c = 0; c < 3; c++) {
                int channel = Math.min(c, channels - 1);
                rgb = rgb << 8 | statistics.level(patch[i * channels + channel], channel);
            }
            into.setRGB(left + i % side, top + i / side, rgb);
        }
    }
}
