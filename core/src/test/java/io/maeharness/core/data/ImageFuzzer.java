package io.maeharness.core.data;

import io.maeharness.core.error.HarnessException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

/**
 * Holds the reader of images to its promise with mutated files: a picture, or one line, within two seconds and the memory of
 * this JVM. A program of its own, so that a decoder that dies takes no test along.
 *
 * <p>Arguments: a directory, the number of mutations, a seed. Prints a line for each broken promise, then the counts.
 */
public final class ImageFuzzer {
    private static final double MOST_SECONDS = 2;
    private static final List<String> ENDINGS =
            List.of(".jpg", ".png", ".webp", ".bmp", ".tiff", ".jp2", ".ppm", ".pgm", ".pbm");
    private static final int[] EXTREMES = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0xFFFF, 0x10000, 30_000};

    private final Path file;
    private int read;
    private int refused;
    private int broken;
    private double slowest;
    private String said = "";

    private ImageFuzzer(Path directory) {
        file = directory.resolve("mutated");
    }

    /** Runs; the exit code is 0 when every promise was kept. */
    public static void main(String[] arguments) throws IOException {
        OpenCvLibrary.require();
        ImageFuzzer fuzzer = new ImageFuzzer(Path.of(arguments[0]));
        List<byte[]> whole = new ArrayList<>();
        for (String ending : ENDINGS) {
            whole.add(encoded(ending));
        }
        for (String size : List.of("20000 20000", "1048577 10")) {
            byte[] claim = ("P6\n" + size + "\n255\nabc").getBytes(StandardCharsets.US_ASCII);
            fuzzer.attempt("a claim of " + size, claim);
            if (!fuzzer.said.contains("claims more pixels than are read")) {
                System.out.println(size + ": " + fuzzer.said);
                System.exit(1);
            }
        }
        Random random = new Random(Long.parseLong(arguments[2]));
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            int kind = i % whole.size();
            fuzzer.attempt(i + ENDINGS.get(kind), mutated(whole.get(kind), random));
        }
        System.out.printf(
                Locale.ROOT,
                "%d refused, %d read, %d broken promises; slowest %.2f s; %s%n",
                fuzzer.refused,
                fuzzer.read,
                fuzzer.broken,
                fuzzer.slowest,
                Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("VmHWM"))
                        .findFirst()
                        .orElse(""));
        System.exit(fuzzer.broken == 0 ? 0 : 1);
    }

    private static byte[] encoded(String ending) {
        Mat pixels = new Mat(64, 71, ending.equals(".pgm") || ending.equals(".pbm") ? CvType.CV_8UC1 : CvType.CV_8UC3);
        byte[] values = new byte[(int) (pixels.total() * pixels.channels())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (i * i / 7);
        }
        pixels.put(0, 0, values);
        MatOfByte file = new MatOfByte();
        if (!Imgcodecs.imencode(ending, pixels, file)) {
            throw new IllegalStateException("OpenCV writes no " + ending);
        }
        return file.toArray();
    }

    /** Headers are mutated more often than what follows them. */
    private static byte[] mutated(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(random.nextBoolean() ? Math.min(bytes.length, 64) : bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes = Arrays.copyOf(bytes, at + 1);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                case 2 -> bytes[at] = (byte) random.nextInt();
                case 3 -> {
                    if (at + Integer.BYTES <= bytes.length) {
                        ByteBuffer.wrap(bytes).putInt(at, EXTREMES[random.nextInt(EXTREMES.length)]);
                    }
                }
                default -> {
                    byte[] longer = Arrays.copyOf(bytes, bytes.length + 16);
                    System.arraycopy(bytes, at, longer, at + 16, bytes.length - at);
                    bytes = longer;
                }
            }
        }
        return bytes;
    }

    private void attempt(String name, byte[] contents) throws IOException {
        Files.write(file, contents);
        long begun = System.nanoTime();
        String problem = "";
        try {
            ImageFile.check(file);
            read++;
        } catch (HarnessException e) {
            refused++;
            said = e.getMessage();
            boolean oneLine = e.kind() == HarnessException.Kind.DATA_DAMAGED
                    && e.getMessage().length() < 600
                    && e.getMessage().chars().noneMatch(Character::isISOControl);
            problem = oneLine ? "" : "is refused with " + e.kind() + " " + e.getMessage();
        } catch (RuntimeException | Error e) {
            problem = "ends with " + e;
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        slowest = Math.max(slowest, seconds);
        if (problem.isEmpty() && seconds > MOST_SECONDS) {
            problem = "took " + seconds + " s";
        }
        if (!problem.isEmpty()) {
            broken++;
            System.out.println(name + ": " + problem);
            Files.write(file.resolveSibling("broken-" + broken), contents);
        }
    }
}
