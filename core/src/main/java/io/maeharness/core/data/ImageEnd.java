package io.maeharness.core.data;

import java.util.Arrays;

/**
 * Finds out whether a JPEG or PNG file was cut off.
 *
 * <p>Decoders fill what is missing with grey and carry on, so a cut file would go unnoticed.
 */
final class ImageEnd {

    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    private static final byte[] PNG_END = {'I', 'E', 'N', 'D'};

    private ImageEnd() {}

    /** Returns false for a JPEG or PNG file without its end; true for a whole one and for other files. */
    static boolean isPresent(byte[] file) {
        if (file.length >= 2 && (file[0] & 0xFF) == 0xFF && (file[1] & 0xFF) == 0xD8) {
            return jpegEnds(file);
        }
        if (file.length >= 4 && (file[0] & 0xFF) == 0x89 && file[1] == 'P' && file[2] == 'N' && file[3] == 'G') {
            return pngEnds(file);
        }
        return file.length > 0;
    }

    /** Skips the segments up to the first scan; a thumbnail inside a segment has an end of its own. */
    private static boolean jpegEnds(byte[] file) {
        int at = 2;
        while (at + 4 <= file.length && (file[at] & 0xFF) == 0xFF) {
            int marker = file[at + 1] & 0xFF;
            if (marker == START_OF_SCAN) {
                return markerFollows(file, at + 2);
            }
            boolean fill = marker == 0xFF;
            at += fill ? 1 : 2 + ((file[at + 2] & 0xFF) << 8 | (file[at + 3] & 0xFF));
        }
        return false;
    }

    private static boolean markerFollows(byte[] file, int from) {
        for (int i = from; i + 1 < file.length; i++) {
            if ((file[i] & 0xFF) == 0xFF && (file[i + 1] & 0xFF) == END_OF_IMAGE) {
                return true;
            }
        }
        return false;
    }

    private static boolean pngEnds(byte[] file) {
        for (int i = file.length - PNG_END.length; i > 0; i--) {
            if (Arrays.equals(file, i, i + PNG_END.length, PNG_END, 0, PNG_END.length)) {
                return true;
            }
        }
        return false;
    }
}
