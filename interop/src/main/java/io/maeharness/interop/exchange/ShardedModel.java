package io.maeharness.interop.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import io.maeharness.core.checkpoint.DamagedFileException;
import io.maeharness.core.error.Quoted;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A model in several safetensors files beside an index, which says in {@code weight_map} where each tensor lies. Source:
 * Hugging Face, {@code model.safetensors.index.json}.
 */
final class ShardedModel {
    private static final int MOST_SHARDS = 1000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,200}\\.safetensors");

    private ShardedModel() {}

    /**
     * Opens the files of an index.
     *
     * @param opened told each file's channel, which the caller closes, in the order of their names
     * @throws IOException that says in a few words which file is wrong or missing
     */
    static SafetensorsModel read(Path index, Consumer<FileChannel> opened) throws IOException {
        Map<String, String> places = places(JsonBeside.object(index));
        TreeSet<String> names = new TreeSet<>(places.values());
        if (names.size() > MOST_SHARDS) {
            throw new IOException("it names " + names.size() + " files, more than " + MOST_SHARDS);
        }
        Map<String, Map<String, StoredTensor>> shards = new LinkedHashMap<>();
        for (String name : names) {
            shards.put(name, shard(index, name, opened));
        }
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, String> place : places.entrySet()) {
            StoredTensor tensor = shards.get(place.getValue()).get(place.getKey());
            if (tensor == null) {
                throw new IOException("its tensor " + Quoted.of(place.getKey()) + " is not in "
                        + Quoted.of(place.getValue()) + ", where the index says that it is");
            }
            tensors.put(place.getKey(), tensor);
        }
        return new SafetensorsModel(tensors, Map.of());
    }

    private static Map<String, String> places(JsonNode index) throws IOException {
        Map<String, String> places = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> place : index.path("weight_map").properties()) {
            String file = place.getValue().asText();
            // A name and nothing else: an index is no reason to read what lies elsewhere.
            if (!NAME.matcher(file).matches()) {
                throw new IOException("its tensor " + Quoted.of(place.getKey()) + " lies in " + Quoted.of(file)
                        + ", which is no safetensors file beside it");
            }
            places.put(place.getKey(), file);
        }
        if (places.isEmpty()) {
            throw new IOException("its weight_map names no tensors");
        }
        return places;
    }

    private static Map<String, StoredTensor> shard(Path index, String name, Consumer<FileChannel> opened)
            throws IOException {
        Path file = index.toAbsolutePath().resolveSibling(name);
        if (!Files.isRegularFile(file)) {
            throw new IOException("its part " + Quoted.of(name) + " is missing beside it");
        }
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            opened.accept(channel);
            var nature = FileNature.of(channel).filter(known -> List.of(FileNature.Kind.EMPTY, FileNature.Kind.STAND_IN)
                    .contains(known.kind()));
            if (nature.isPresent()) {
                throw new IOException(
                        "it is " + nature.get().what() + "; " + nature.get().wayOut());
            }
            return SafetensorsModel.read(channel).tensors();
        } catch (NoSuchFileException e) {
            throw new IOException("its part " + Quoted.of(name) + " is missing beside it", e);
        } catch (DamagedFileException e) {
            throw new DamagedFileException("of its part " + Quoted.of(name) + ": " + e.getMessage());
        } catch (IOException e) {
            throw new IOException("of its part " + Quoted.of(name) + ": " + e.getMessage(), e);
        }
    }
}
