package io.maeharness.reporting;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maeharness.files.TextFile;
import io.maeharness.results.JsonProblem;
import io.maeharness.results.ResultStoreException;
import io.maeharness.results.StoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The pictures of a report: image files in one directory, listed with their captions in {@code pictures.json}. */
public final class Pictures {

    /** Name of the list within the directory. */
    public static final String FILE_NAME = "pictures.json";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Pictures() {}

    /** Writes the list of a directory's pictures atomically; the images themselves are the caller's. */
    public static void write(Path directory, List<Picture> entries) {
        try {
            String json = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(entries);
            StoreFile.write(directory.resolve(FILE_NAME), json + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("pictures can't be listed as JSON", e);
        }
    }

    /**
     * Pictures of a directory whose image exists, in the order of the list; none without a list.
     *
     * @throws ResultStoreException when the list is damaged
     */
    public static List<Picture> read(Path directory) {
        Path file = directory.resolve(FILE_NAME);
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            List<Picture> entries =
                    MAPPER.readValue(TextFile.read(file, TextFile.WRITTEN_BY_PROGRAM), new TypeReference<>() {});
            if (entries == null) {
                throw damaged(file, "it holds nothing", null);
            }
            return entries.stream()
                    .filter(entry -> entry != null)
                    .filter(entry -> Files.isRegularFile(directory.resolve(entry.file())))
                    .toList();
        } catch (JsonProcessingException e) {
            throw damaged(file, JsonProblem.inWords(e), e);
        } catch (InvalidPathException e) {
            throw damaged(file, e.getReason(), e);
        } catch (IOException e) {
            throw ResultStoreException.onRead(file, e);
        }
    }

    private static ResultStoreException damaged(Path file, String what, Exception cause) {
        return new ResultStoreException(
                ResultStoreException.Kind.CORRUPT,
                file + " is no list of pictures (" + what + "); remove it and run ./mae visualize again",
                cause);
    }

    /**
     * Adds the pictures of another directory that this one does not have.
     *
     * @throws ResultStoreException when a list is damaged or the directory cannot be written
     */
    public static void complete(Path directory, Path other) {
        Map<String, Picture> entries = new LinkedHashMap<>();
        read(directory).forEach(entry -> entries.put(entry.file(), entry));
        for (Picture entry : read(other)) {
            if (entries.putIfAbsent(entry.file(), entry) == null) {
                copy(other.resolve(entry.file()), directory.resolve(entry.file()));
            }
        }
        if (!entries.isEmpty()) {
            write(directory, List.copyOf(entries.values()));
        }
    }

    private static void copy(Path from, Path to) {
        try {
            StoreFile.writeDerived(to, Files.readAllBytes(from));
        } catch (IOException e) {
            throw new ResultStoreException(
                    ResultStoreException.Kind.IO, "cannot read " + from + "; check that it is a readable file", e);
        }
    }

    /**
     * A picture of the report, as listed in {@code pictures.json}.
     *
     * @param title short title, for example {@code Test images, mask ratio 75 %}
     * @param file name of a PNG or JPEG beside {@code pictures.json}
     * @param caption what is to be seen, in one or more sentences; also the text alternative
     */
    public record Picture(String title, String file, String caption) {

        private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*\\.(png|jpg|jpeg)");

        public Picture {
            if (title == null || title.isBlank() || caption == null || caption.isBlank()) {
                throw new IllegalArgumentException(
                        "a picture needs a title and a caption, got '" + title + "' and '" + caption + "' for " + file);
            }
            if (file == null || !FILE.matcher(file).matches()) {
                throw new IllegalArgumentException(
                        "a picture is a png or jpg file in the directory of pictures.json, got '" + file + "'");
            }
        }
    }
}
