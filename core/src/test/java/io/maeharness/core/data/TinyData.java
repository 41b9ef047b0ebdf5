package io.maeharness.core.data;

import io.maeharness.files.Sha256;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/** Small stand-ins for the published data sets, with digests of their own. */
final class TinyData {

    /** Classes of the image folder. */
    static final List<String> CLASSES = List.of("cat", "dog");

    private TinyData() {}

    /** Writes four IDX files with {@code perClass} training images and 2 test images of each class. */
    static FashionMnist fashion(Path directory, int perClass) throws IOException {
        Files.createDirectories(directory);
        return new FashionMnist(
                gzip(directory, "train-images.gz", idxImages(perClass * 10)),
                gzip(directory, "train-labels.gz", idxLabels(perClass * 10)),
                gzip(directory, "test-images.gz", idxImages(20)),
                gzip(directory, "test-labels.gz", idxLabels(20)),
                directory.resolve("usual-place-that-is-missing"));
    }

    private static byte[] idxImages(int count) {
        ByteBuffer buffer = ByteBuffer.allocate(16 + count * 784);
        buffer.putInt(0x803).putInt(count).putInt(28).putInt(28);
        for (int i = 0; i < count * 784; i++) {
            buffer.put((byte) (i * 7 % 253));
        }
        return buffer.array();
    }

    private static byte[] idxLabels(int count) {
        ByteBuffer buffer = ByteBuffer.allocate(8 + count);
        buffer.putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            buffer.put((byte) (i % 10));
        }
        return buffer.array();
    }

    private static DataFile gzip(Path directory, String name, byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        }
        Files.write(directory.resolve(name), packed.toByteArray());
        return new DataFile(name, content.length, Sha256.of(content));
    }

    /** Writes two training batches and a test batch of 20 records each. */
    static Cifar10 cifar(Path directory) throws IOException {
        Files.createDirectories(directory);
        List<DataFile> files = new ArrayList<>();
        for (String name : List.of("data_batch_1.bin", "data_batch_2.bin", "test_batch.bin")) {
            byte[] batch = new byte[20 * Cifar10.RECORD];
            for (int i = 0; i < batch.length; i++) {
                int at = i % Cifar10.RECORD;
                batch[i] = (byte) (at == 0 ? i / Cifar10.RECORD % 10 : (at - 1) / 1024 * 100 + at % 50);
            }
            Files.write(directory.resolve(name), batch);
            files.add(new DataFile(name, batch.length, Sha256.of(batch)));
        }
        return new Cifar10(files.subList(0, 2), files.get(2), "");
    }

    /** Turns binary batches into those of the Python version, as Python 2 has written the official ones. */
    static void pickleCifar(Path binary, Path pickled) throws IOException {
        Files.createDirectories(pickled);
        for (String name : List.of("data_batch_1", "data_batch_2", "test_batch")) {
            Files.write(pickled.resolve(name), pickle(Files.readAllBytes(binary.resolve(name + ".bin"))));
        }
    }

    private static byte[] pickle(byte[] batch) throws IOException {
        int count = batch.length / Cifar10.RECORD;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, "\u0080\2}q\1(U\13batch_labelq\2U\25training batch 1 of 5q\3U\6labelsq\4]q\5(");
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            write(out, "K" + (char) batch[i * Cifar10.RECORD]);
            pixels.write(batch, i * Cifar10.RECORD + 1, Cifar10.RECORD - 1);
        }
        write(
                out,
                "eU\4dataq\6cnumpy.core.multiarray\n_reconstruct\nq\7cnumpy\nndarray\nq\10K\0\u0085q\11U\1bq\12\u0087q\13R");
        write(
                out,
                "q\14(K\1K" + (char) count
                        + "M\0\14\u0086q\15cnumpy\ndtype\nq\16U\2u1q\17K\0K\1\u0087q\20Rq\21(K\3U\1|q\22NNN");
        write(out, "J\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb\u0089T");
        out.write(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(pixels.size())
                .array());
        out.write(pixels.toByteArray());
        write(out, "q\23tbU\11filenamesq\24]q\25(U\5a.pngq\26U\5b.pngq\27eu.");
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, String characters) {
        out.writeBytes(characters.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Returns a gzipped tar archive of the plain files of a directory, below {@code folder}. */
    static byte[] tarGzip(Path directory, String folder) throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        tar.writeBytes(tarHeader(folder + "/", 0, '5'));
        try (var files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                byte[] content = Files.readAllBytes(file);
                tar.writeBytes(tarHeader(folder + "/" + file.getFileName(), content.length, '0'));
                tar.writeBytes(content);
                tar.writeBytes(new byte[(512 - content.length % 512) % 512]);
            }
        }
        tar.writeBytes(new byte[1024]);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(tar.toByteArray());
        }
        return packed.toByteArray();
    }

    private static byte[] tarHeader(String name, int size, char type) {
        byte[] header = new byte[512];
        byte[] nameBytes = name.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(nameBytes, 0, header, 0, nameBytes.length);
        byte[] sizeBytes = String.format("%011o", size).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(sizeBytes, 0, header, 124, sizeBytes.length);
        header[156] = (byte) type;
        return header;
    }

    /** Writes {@code train} and {@code val} with two classes of ten and three pictures, JPEG and PNG. */
    static void folder(Path root) throws IOException {
        for (String part : List.of("train", "val")) {
            for (String name : CLASSES) {
                Path directory = Files.createDirectories(root.resolve(part).resolve(name));
                for (int i = 0; i < (part.equals("train") ? 10 : 3); i++) {
                    String ending = i % 2 == 0 ? "png" : "jpg";
                    BufferedImage image = picture(20 + i, 30, name.length() * 20 + i);
                    ImageIO.write(
                            image, ending, directory.resolve(i + "." + ending).toFile());
                }
            }
        }
    }

    /** The bytes of a JPEG picture with so much detail that most of them are its data. */
    static byte[] photograph(int side) throws IOException {
        Random random = new Random(1);
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < side * side; i++) {
            image.setRGB(i % side, i / side, random.nextInt(1 << 24));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", out);
        return out.toByteArray();
    }

    private static BufferedImage picture(int width, int height, int level) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                image.setRGB(column, row, level << 16 | row << 8 | column);
            }
        }
        return image;
    }
}
