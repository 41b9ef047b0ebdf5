package io.maeharness.core.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Finds out whether the data of a JPEG file are damaged between its beginning and its end.
 *
 * <p>Decoders fill what they cannot read with grey or with what comes next, and go on. OpenCV's tells nobody but the standard
 * error; that of Java, by the same library, hands its warnings on. Bytes that were changed into others that decode as well
 * are seen by no decoder.
 */
final class JpegDamage {
    /** Bytes that some writers leave before the end marker; all pixels are there. */
    private static final int HARMLESS = 8;

    private static final Pattern LEFT_OVER = Pattern.compile("(\\d+) extraneous bytes before marker 0xd9");

    private JpegDamage() {}

    /** What is wrong with the file, in the words of libjpeg; empty for a whole file and for what is no JPEG file. */
    static Optional<String> of(byte[] file) {
        if (file.length < 2 || (file[0] & 0xFF) != 0xFF || (file[1] & 0xFF) != 0xD8) {
            return Optional.empty();
        }
        return warnings(file).stream()
                .filter(JpegDamage::isOfPixels)
                .findFirst()
                .map(JpegDamage::inWords);
    }

    private static List<String> warnings(byte[] file) {
        List<String> warnings = new ArrayList<>();
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, true);
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            reader.readRaster(0, null);
        } catch (IOException | RuntimeException e) {
            return warnings; // What this decoder does not read at all, OpenCV may: it decides.
        } finally {
            reader.dispose();
        }
        return warnings;
    }

    private static boolean isOfPixels(String warning) {
        Matcher leftOver = LEFT_OVER.matcher(warning);
        if (leftOver.find()) {
            return leftOver.group(1).length() > 9 || Integer.parseInt(leftOver.group(1)) > HARMLESS;
        }
        return warning.startsWith("Corrupt JPEG data")
                || warning.startsWith("Premature end of JPEG")
                || warning.startsWith("Inconsistent progression");
    }

    private static String inWords(String warning) {
        String said = warning.replaceFirst("^Corrupt JPEG data: ", "");
        return said.substring(0, 1).toLowerCase(Locale.ROOT) + said.substring(1);
    }
}
