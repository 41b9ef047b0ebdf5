package io.maeharness.reporting.plots;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import io.maeharness.files.Sha256;
import io.maeharness.results.StoreFile;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * Plots as files of one directory: {@code <name>.svg}, {@code <name>-dark.svg} and {@code <name>.png}.
 *
 * <p>The light SVG is written last and begins with a digest of the plot's data; a plot whose data has not changed since
 * is not drawn again.
 */
public final class PlotFiles {

    /** Changes whenever the same data would be drawn differently. */
    private static final int DRAWING_VERSION = 2;

    private static final int PNG_SCALE = 2;
    private static final int DIGITS = 32;

    private final Path directory;

    /** Plots in {@code directory}, which is created where needed. */
    public PlotFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * Draws a plot unless its files hold the same data already, and tells whether it did.
     *
     * @throws io.maeharness.results.ResultStoreException when the directory can't be written
     */
    public boolean write(Plot plot) {
        String stamp = "<!-- data " + digest(plot) + " -->\n";
        Path svg = directory.resolve(plot.name() + ".svg");
        Path dark = directory.resolve(plot.name() + "-dark.svg");
        Path png = directory.resolve(plot.name() + ".png");
        if (hasContents(png) && hasContents(dark) && hasStamp(svg, stamp)) {
            return false;
        }
        StoreFile.writeDerived(png, png(plot));
        StoreFile.writeDerived(dark, utf8(svg(plot, PlotTheme.DARK, "")));
        StoreFile.writeDerived(svg, utf8(svg(plot, PlotTheme.LIGHT, stamp)));
        return true;
    }

    private static boolean hasContents(Path file) {
        return file.toFile().length() > 0;
    }

    private static boolean hasStamp(Path svg, String stamp) {
        try {
            return Files.isRegularFile(svg) && Files.readString(svg).contains(stamp);
        } catch (IOException e) {
            return false; // drawn anew; a file that can't be written either fails there with its name
        }
    }

    private static String svg(Plot plot, PlotTheme theme, String stamp) {
        Chart<?, ?> chart = new ChartDrawer(theme).draw(plot);
        VectorGraphics2D graphics = new VectorGraphics2D();
        chart.paint(graphics, ChartDrawer.WIDTH, ChartDrawer.HEIGHT);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            new SVGProcessor()
                    .getDocument(graphics.getCommands(), new PageSize(0, 0, ChartDrawer.WIDTH, ChartDrawer.HEIGHT))
                    .writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array does not fail", e);
        }
        return SvgText.tidy(bytes.toString(StandardCharsets.UTF_8), stamp);
    }

    private static byte[] png(Plot plot) {
        Chart<?, ?> chart = new ChartDrawer(PlotTheme.LIGHT).draw(plot);
        BufferedImage image = new BufferedImage(
                ChartDrawer.WIDTH * PNG_SCALE, ChartDrawer.HEIGHT * PNG_SCALE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(PNG_SCALE, PNG_SCALE);
        chart.paint(graphics, ChartDrawer.WIDTH, ChartDrawer.HEIGHT);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(Plot plot) {
        return Sha256.of(DRAWING_VERSION + " " + plot).substring(0, DIGITS);
    }
}
