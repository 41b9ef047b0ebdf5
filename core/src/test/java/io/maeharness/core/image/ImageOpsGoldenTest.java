package io.maeharness.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maeharness.core.golden.ByteArrays;
import io.maeharness.core.golden.GoldenRoots;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every array of every {@code image-ops} directory is reproduced within one level of 255. */
class ImageOpsGoldenTest {

    private static final int TOLERANCE = 1;

    @TestFactory
    Stream<DynamicTest> everyArrayIsReproducedWithinOneLevel() throws IOException {
        List<Path> directories = GoldenRoots.directories("image-ops");
        assertFalse(directories.isEmpty(), "no image-ops directory under " + GoldenRoots.roots());
        List<DynamicTest> tests = new ArrayList<>();
        for (Path directory : directories) {
            tests.addAll(testsOf(directory));
        }
        return tests.stream();
    }

    private static List<DynamicTest> testsOf(Path directory) throws IOException {
        JsonNode config =
                new ObjectMapper().readTree(directory.resolve("config.json").toFile());
        Map<String, byte[]> arrays = ByteArrays.read(directory.resolve("tensors.npz"));
        Picture image = image(config, arrays.get("image"));
        List<DynamicTest> tests = new ArrayList<>();
        arrays.forEach((name, expected) -> {
            if (!name.equals("image")) {
                tests.add(DynamicTest.dynamicTest(
                        directory + " " + name, () -> assertClose(name, expected, reproduce(name, image, config))));
            }
        });
        assertTrue(tests.size() > 1, "nothing to compare in " + directory);
        JsonNode boxes = config.get("boxes_left_top_width_height");
        for (int i = 0; i < boxes.size(); i++) {
            assertNotNull(arrays.get("crop" + i), "crop" + i + " is missing in " + directory);
        }
        return tests;
    }

    private static Picture image(JsonNode config, byte[] entry) {
        int width = config.get("width").asInt();
        int height = config.get("height").asInt();
        return new Picture(width, height, entry.length / (width * height), entry);
    }

    private static byte[] reproduce(String name, Picture image, JsonNode config) {
        if (name.startsWith("crop")) {
            JsonNode box = config.get("boxes_left_top_width_height").get(Integer.parseInt(name.substring(4)));
            int size = config.get("size").asInt();
            return Resize.crop(
                            image,
                            new Box(
                                    box.get(0).asInt(),
                                    box.get(1).asInt(),
                                    box.get(2).asInt(),
                                    box.get(3).asInt()),
                            size,
                            size,
                            Resampling.BICUBIC)
                    .pixels();
        }
        int split = name.lastIndexOf('_');
        return enhance(name.substring(0, split), image, Float.parseFloat(name.substring(split + 1)));
    }

    private static byte[] enhance(String operation, Picture image, float factor) {
        byte[] pixels = image.pixels().clone();
        int count = image.width() * image.height();
        switch (operation) {
            case "brightness" -> Enhance.brightness(pixels, count, image.channels(), factor);
            case "contrast" -> Enhance.contrast(pixels, count, image.channels(), factor);
            case "saturation" -> Enhance.saturation(pixels, count, image.channels(), factor);
            default -> throw new IllegalStateException("golden values of an unknown operation: " + operation);
        }
        return pixels;
    }

    private static void assertClose(String name, byte[] expected, byte[] actual) {
        assertEquals(expected.length, actual.length, name);
        int worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs((expected[i] & 0xFF) - (actual[i] & 0xFF)));
        }
        assertTrue(worst <= TOLERANCE, name + " differs by up to " + worst + " levels");
    }
}
