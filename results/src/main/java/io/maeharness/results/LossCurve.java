package io.maeharness.results;

import io.maeharness.files.TextFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A training stage's loss curve: a CSV file that grows while the stage trains.
 *
 * <p>An interrupted stage resumes from its checkpoint, so points past the checkpoint are written a second time.
 * {@link #resume} drops them first: the curve of an interrupted run is that of an uninterrupted one (apart from
 * images/s, which is measured).
 */
public final class LossCurve implements AutoCloseable {

    private static final String HEADER = "step,epoch,loss,learning_rate,images_per_second";

    private final Path file;
    private final FileChannel channel;
    private final Writer writer;
    private long lastStep;

    private LossCurve(Path file, FileChannel channel, long lastStep) {
        this.file = file;
        this.channel = channel;
        this.writer = Channels.newWriter(channel, StandardCharsets.UTF_8);
        this.lastStep = lastStep;
    }

    /** File of the curve of the stage with this hash. */
    public static Path file(Path curves, String stage) {
        return curves.resolve(StageKeys.requireSafe("stage", stage) + ".csv");
    }

    /**
     * Opens the curve of a stage for appending from {@code fromStep} on (0: from the start); points at or past it are
     * removed, and so is a last line that a crash cut off.
     *
     * @throws ResultStoreException when the file can't be written, or is no loss curve
     */
    public static LossCurve resume(Path file, long fromStep) {
        List<Point> kept = Files.exists(file)
                ? read(file).stream().filter(point -> point.step() < fromStep).toList()
                : List.of();
        StoreFile.write(file, print(kept));
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND);
            return new LossCurve(
                    file,
                    channel,
                    kept.isEmpty() ? -1 : kept.get(kept.size() - 1).step());
        } catch (IOException e) {
            throw ResultStoreException.onWrite(file, e);
        }
    }

    /**
     * Appends a point.
     *
     * @throws IllegalStateException when its step is not past the last one
     * @throws ResultStoreException when the device is full
     */
    public void append(Point point) {
        if (point.step() <= lastStep) {
            throw new IllegalStateException("steps of " + file + " must grow, got " + point.step() + " after "
                    + lastStep + "; resume the curve from the checkpoint's step");
        }
        lastStep = point.step();
        try {
            writer.write(line(point));
            writer.flush();
        } catch (IOException e) {
            throw ResultStoreException.onWrite(file, e);
        }
    }

    /** Forces the points to the device; call it before a checkpoint is written, so that none before it is missing. */
    public void force() {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw ResultStoreException.onWrite(file, e);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw ResultStoreException.onWrite(file, e);
        }
    }

    /**
     * Points of a curve in the order of their steps; a last line that is cut off is left out.
     *
     * @throws ResultStoreException when the file is unreadable or is no loss curve
     */
    public static List<Point> read(Path file) {
        String text;
        try {
            text = TextFile.read(file, TextFile.WRITTEN_BY_PROGRAM);
        } catch (IOException e) {
            throw ResultStoreException.onRead(file, e);
        }
        List<String> lines =
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        if (!lines.isEmpty() && !lines.get(0).equals(HEADER)) {
            throw corrupt(file, 1, "expected the header " + HEADER);
        }
        List<Point> points = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            points.add(point(file, i + 1, lines.get(i)));
        }
        return points;
    }

    private static String print(List<Point> points) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        points.forEach(point -> text.append(line(point)));
        return text.toString();
    }

    private static String line(Point point) {
        return point.step() + "," + point.epoch() + "," + point.loss() + "," + point.learningRate() + ","
                + point.imagesPerSecond() + "\n";
    }

    private static Point point(Path file, int line, String text) {
        String[] fields = text.split(",", -1);
        if (fields.length != 5) {
            throw corrupt(file, line, "expected 5 columns, found " + fields.length);
        }
        try {
            return new Point(
                    Long.parseLong(fields[0]),
                    Double.parseDouble(fields[1]),
                    Double.parseDouble(fields[2]),
                    Double.parseDouble(fields[3]),
                    Double.parseDouble(fields[4]));
        } catch (IllegalArgumentException e) {
            throw corrupt(file, line, e.getMessage());
        }
    }

    private static ResultStoreException corrupt(Path file, int line, String what) {
        return new ResultStoreException(
                ResultStoreException.Kind.CORRUPT,
                file + " is damaged in line " + line + ": " + what
                        + "; remove it, the curve is drawn anew when its stage runs again");
    }

    /**
     * One point of a loss curve.
     *
     * @param step optimisation steps done, from 1
     * @param epoch epochs done, with fraction
     * @param loss training loss, averaged over the steps since the point before
     * @param learningRate learning rate of the step
     * @param imagesPerSecond images seen per second since the point before
     */
    public record Point(long step, double epoch, double loss, double learningRate, double imagesPerSecond) {

        public Point {
            if (step < 0) {
                throw new IllegalArgumentException("step must be 0 or more, got " + step);
            }
        }
    }
}
