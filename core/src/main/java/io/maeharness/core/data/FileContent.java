package io.maeharness.core.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what a file is that is not what its name says: the pointer of Git LFS, a web page, an archive. */
final class FileContent {
    private static final int LOOKED_AT = 1024;
    private static final int TAR_MAGIC_AT = 257;
    private static final Pattern TITLE =
            Pattern.compile("<title[^>]*>\\s*([^<]{1,80}?)\\s*<", Pattern.CASE_INSENSITIVE);

    private FileContent() {}

    /** What a file is, as {@link #of(byte[])}; empty as well where it cannot be read. */
    static Optional<String> of(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in.readNBytes(LOOKED_AT));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * What bytes are, as the end of "it is", with the way out where there is one of its own.
     *
     * @param file the bytes, or the first thousand of them
     * @return empty where they are nothing known
     */
    static Optional<String> of(byte[] file) {
        if (file.length == 0) {
            return Optional.of("empty");
        }
        byte[] head = file.length > LOOKED_AT ? Arrays.copyOf(file, LOOKED_AT) : file;
        return text(head).or(() -> archive(head)).or(() -> picture(head)).or(() -> zeros(head));
    }

    /** What a file is that should hold plain data, where it is a text, a web page or an archive. */
    static Optional<String> foreign(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return foreign(in.readNBytes(LOOKED_AT));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** As {@link #foreign(Path)} of the beginning of a file. */
    static Optional<String> foreign(byte[] file) {
        byte[] head = Arrays.copyOf(file, Math.min(file.length, LOOKED_AT));
        return text(head).or(() -> archive(head));
    }

    private static Optional<String> text(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1)
                .replaceFirst("^\u00ef\u00bb\u00bf", "")
                .strip();
        String lower = text.toLowerCase(Locale.ROOT);
        if (text.startsWith("version https://git-lfs.github.com/spec")) {
            return Optional.of("a pointer of Git LFS and not the file itself; run git lfs pull where it came from");
        }
        if (lower.startsWith("<!doctype html") || lower.startsWith("<html") || lower.contains("<head>")) {
            Matcher title = TITLE.matcher(text);
            return Optional.of("a web page" + (title.find() ? " ('" + title.group(1) + "')" : "")
                    + ", as a failed download leaves it");
        }
        if (lower.startsWith("<svg") || (lower.startsWith("<?xml") && lower.contains("<svg"))) {
            return Optional.of("an SVG drawing");
        }
        if (lower.startsWith("<?xml")) {
            return Optional.of("an XML text, as a server's error message is");
        }
        boolean printable = text.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || Character.isWhitespace(c));
        return printable && !text.isEmpty() ? Optional.of("a text") : Optional.empty();
    }

    private static Optional<String> archive(byte[] head) {
        if (starts(head, 0, 'P', 'K', 3, 4)) {
            return Optional.of("a zip archive");
        }
        if (starts(head, 0, 0x1f, 0x8b)) {
            return Optional.of("a gzip file");
        }
        if (starts(head, TAR_MAGIC_AT, 'u', 's', 't', 'a', 'r')) {
            return Optional.of("a tar archive");
        }
        if (starts(head, 0, 'B', 'Z', 'h')) {
            return Optional.of("a bzip2 file");
        }
        if (starts(head, 0, 0xfd, '7', 'z', 'X', 'Z')) {
            return Optional.of("an xz file");
        }
        if (starts(head, 0, '7', 'z', 0xbc, 0xaf)) {
            return Optional.of("a 7z archive");
        }
        if (starts(head, 0, 'R', 'a', 'r', '!')) {
            return Optional.of("a rar archive");
        }
        return starts(head, 0, '%', 'P', 'D', 'F') ? Optional.of("a PDF") : Optional.empty();
    }

    /** Pictures in formats that are not read. */
    private static Optional<String> picture(byte[] head) {
        if (starts(head, 0, 'G', 'I', 'F', '8')) {
            return Optional.of("a GIF, which is not read");
        }
        if (starts(head, 4, 'f', 't', 'y', 'p')) {
            String brand = new String(head, 8, Math.min(4, head.length - 8), StandardCharsets.ISO_8859_1);
            String what = brand.startsWith("avi")
                    ? "an AVIF"
                    : brand.startsWith("he") || brand.startsWith("mif") ? "a HEIC" : "a film";
            return Optional.of(what + ", which is not read");
        }
        if (starts(head, 0, '8', 'B', 'P', 'S')) {
            return Optional.of("a Photoshop file, which is not read");
        }
        if (starts(head, 0, 0x93, 'N', 'U', 'M', 'P', 'Y')) {
            return Optional.of("an array of NumPy");
        }
        return starts(head, 0, 'R', 'I', 'F', 'F') && animated(head)
                ? Optional.of("an animated WebP, which is not read")
                : Optional.empty();
    }

    private static boolean animated(byte[] head) {
        return starts(head, 12, 'V', 'P', '8', 'X') && head.length > 20 && (head[20] & 2) != 0;
    }

    private static Optional<String> zeros(byte[] head) {
        for (byte value : head) {
            if (value != 0) {
                return Optional.empty();
            }
        }
        return Optional.of("all zeros where it begins, as an interrupted copy leaves it");
    }

    private static boolean starts(byte[] head, int at, int... magic) {
        if (head.length < at + magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[at + i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
