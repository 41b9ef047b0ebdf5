package io.maeharness.baselines.tokenizer;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.image.PixelStatistics;
import io.maeharness.files.FileProblem;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A white sheet on which small pictures are laid out, enlarged by whole factors. */
final class Sheet {
    private final BufferedImage sheet;
    private final PixelStatistics statistics;

    /**
     * An empty sheet.
     *
     * @param statistics undo the standardisation of pixels
     */
    Sheet(int width, int height, PixelStatistics statistics) {
        this.statistics = statistics;
        sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        fill(0, 0, width, height, Color.WHITE);
    }

    /** Fills a rectangle. */
    void fill(int left, int top, int width, int height, Color colour) {
        Graphics2D graphics = sheet.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(left, top, width, height);
        graphics.dispose();
    }

    /**
     * Paints a square part of a picture.
     *
     * @param pixels [.., C, size, size], standardised
     * @param number which picture
     * @param size side of the picture
     * @param corner first row and column of the part
     * @param part side of the part
     * @param scale sheet pixels a side for each of its pixels
     */
    void paint(int left, int top, float[] pixels, int number, int size, int corner, int part, int scale) {
        for (int row = 0; row < part; row++) {
            for (int column = 0; column < part; column++) {
                Color colour = colour(pixels, number, size, corner + row, corner + column);
                fill(left + column * scale, top + row * scale, scale, scale, colour);
            }
        }
    }

    private Color colour(float[] pixels, int number, int size, int row, int column) {
        int[] levels = new int[3];
        for (int c = 0; c < levels.length; c++) {
            int channel = Math.min(c, statistics.channels() - 1);
            int at = ((number * statistics.channels() + channel) * size + row) * size + column;
            levels[c] = statistics.level(pixels[at], channel);
        }
        return new Color(levels[0], levels[1], levels[2]);
    }

    /**
     * Writes the sheet as PNG.
     *
     * @throws HarnessException of kind DISK when that is not possible
     */
    void write(Path file) {
        try {
            Files.createDirectories(file.getParent());
            ImageIO.write(sheet, "png", file.toFile());
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.DISK, "cannot write " + file + " (" + FileProblem.inWords(e) + ")", e);
        }
    }
}
