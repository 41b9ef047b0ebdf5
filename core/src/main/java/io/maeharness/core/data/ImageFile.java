package io.maeharness.core.data;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.image.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.opencv.core.CvException;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * Decodes JPEG, PNG, WebP, BMP, TIFF, JPEG 2000 and Netpbm files with OpenCV, whatever the endings of their names.
 *
 * <p>The orientation that a camera noted is ignored, as Pillow and with it the paper's pipeline do.
 */
final class ImageFile {

    private static final int COLOUR_AS_STORED = Imgcodecs.IMREAD_COLOR | Imgcodecs.IMREAD_IGNORE_ORIENTATION;

    private ImageFile() {}

    /**
     * Reads a picture as red, green and blue.
     *
     * @throws HarnessException of kind DATA when the file is missing, DATA_DAMAGED when it is truncated or no picture, of kind
     *     NATIVE when OpenCV does not load
     */
    static Picture read(Path file) {
        return decode(file, whole(file));
    }

    /**
     * Reads a picture as {@link #read} does, once more and slower, to see whether all of it is there.
     *
     * @throws HarnessException as well of kind DATA_DAMAGED when the decoder would fill in what it cannot read
     */
    static Picture check(Path file) {
        byte[] bytes = whole(file);
        Optional<String> damage = JpegDamage.of(bytes);
        if (damage.isPresent()) {
            throw damaged(file, damage.get());
        }
        return decode(file, bytes);
    }

    private static byte[] whole(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        if (bytes.length == 0) {
            throw noImage(file, "empty", null);
        }
        if (!ImageEnd.isPresent(bytes)) {
            throw HarnessException.damaged(file + " is truncated: its end marker is missing after " + bytes.length
                    + " bytes; copy the file again or delete it");
        }
        if (!PngChunks.isPng(bytes)) {
            return bytes;
        }
        PngChunks chunks = PngChunks.of(bytes);
        if (chunks.damage().isPresent()) {
            throw damaged(file, chunks.damage().get());
        }
        return chunks.pixels();
    }

    private static HarnessException damaged(Path file, String what) {
        return HarnessException.damaged(file + " is damaged: " + what + "; copy the file again or delete it");
    }

    /** Why a file cannot be read. */
    static HarnessException unreadable(Path file, IOException cause) {
        boolean link = Files.isSymbolicLink(file) && !Files.exists(file);
        return HarnessException.data(
                file
                        + (link
                                ? " is a link to a file that is not there; fetch it, as git annex get or dvc pull do"
                                : " cannot be read (" + DataFile.reason(cause)
                                        + "); see to its permissions or copy it again"),
                cause);
    }

    private static Picture decode(Path file, byte[] bytes) {
        OpenCvLibrary.require();
        Mat encoded = new MatOfByte(bytes);
        Mat decoded = new Mat();
        try {
            decoded = Imgcodecs.imdecode(encoded, COLOUR_AS_STORED);
            if (decoded.empty()) {
                throw undecodable(file, bytes, null);
            }
            if (3L * decoded.rows() * decoded.cols() > Integer.MAX_VALUE) {
                throw tooLarge(file, null);
            }
            Imgproc.cvtColor(decoded, decoded, Imgproc.COLOR_BGR2RGB);
            byte[] pixels = new byte[3 * decoded.rows() * decoded.cols()];
            decoded.get(0, 0, pixels);
            return new Picture(decoded.cols(), decoded.rows(), 3, pixels);
        } catch (CvException e) {
            throw undecodable(file, bytes, e);
        } finally {
            // Finalisers run too late for buffers that the collector does not see.
            decoded.release();
            encoded.release();
        }
    }

    /** Says what the file is instead, where that is known. */
    private static HarnessException undecodable(Path file, byte[] bytes, CvException cause) {
        if (cause != null && String.valueOf(cause.getMessage()).contains("CV_IO_MAX_IMAGE")) {
            return tooLarge(file, cause);
        }
        return FileContent.of(bytes)
                .map(other -> noImage(file, other, cause))
                .orElseGet(() -> HarnessException.damaged(
                        file
                                + " cannot be decoded: expected a JPEG, PNG, WebP, BMP or TIFF image; it is damaged, or of a"
                                + " kind that OpenCV does not read; replace the file or delete it",
                        cause));
    }

    private static HarnessException tooLarge(Path file, CvException cause) {
        return HarnessException.damaged(
                file + " claims more pixels than are read, by default 134,217,728; scale it down or delete it, or set"
                        + " OPENCV_IO_MAX_IMAGE_PIXELS",
                cause);
    }

    private static HarnessException noImage(Path file, String other, CvException cause) {
        return HarnessException.damaged(
                file + " is no image: it is " + other + "; replace the file or delete it", cause);
    }
}
