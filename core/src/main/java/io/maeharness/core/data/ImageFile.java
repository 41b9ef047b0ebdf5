package io.maeharness.core.data;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.image.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.opencv.core.CvException;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * Decodes JPEG and PNG files with OpenCV.
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
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw HarnessException.data(
                    file + " cannot be read (" + DataFile.reason(e) + "); see to its permissions or copy it again", e);
        }
        if (!ImageEnd.isPresent(bytes)) {
            throw HarnessException.damaged(file + " is truncated: its end marker is missing after " + bytes.length
                    + " bytes; copy the file again or delete it");
        }
        OpenCvLibrary.require();
        return decode(file, bytes);
    }

    private static Picture decode(Path file, byte[] bytes) {
        Mat encoded = new MatOfByte(bytes);
        Mat decoded = new Mat();
        try {
            decoded = Imgcodecs.imdecode(encoded, COLOUR_AS_STORED);
            if (decoded.empty()) {
                throw undecodable(file, null);
            }
            Imgproc.cvtColor(decoded, decoded, Imgproc.COLOR_BGR2RGB);
            byte[] pixels = new byte[decoded.rows() * decoded.cols() * 3];
            decoded.get(0, 0, pixels);
            return new Picture(decoded.cols(), decoded.rows(), 3, pixels);
        } catch (CvException e) {
            throw undecodable(file, e);
        } finally {
            // Finalisers run too late for buffers that the collector does not see.
            decoded.release();
            encoded.release();
        }
    }

    private static HarnessException undecodable(Path file, CvException cause) {
        return HarnessException.damaged(
                file + " cannot be decoded: expected a JPEG or PNG picture; replace the file or delete it", cause);
    }
}
