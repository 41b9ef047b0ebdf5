package io.maeharness.core.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.checkpoint.Checkpoints.Position;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.error.HarnessException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
    @TempDir
    Path directory;

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = Torch.open("cpu");
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void whatIsWrittenIsReadBitForBit() {
        Path file = directory.resolve("a.safetensors");
        Safetensors.write(file, arrays(), Map.of("step", "12"));
        Safetensors.Content content = Safetensors.read(manager, file);
        assertEquals(Map.of("step", "12"), content.metadata());
        arrays().forEach((name, array) -> {
            assertEquals(array.getShape(), content.arrays().get(name).getShape());
            assertArrayEquals(array.toFloatArray(), content.arrays().get(name).toFloatArray());
        });
    }

    @Test
    void theEnginesOwnReaderUnderstandsTheFile() throws IOException {
        Path file = directory.resolve("a.safetensors");
        Safetensors.write(file, arrays(), Map.of());
        try (var in = Files.newInputStream(file)) {
            var list = ai.djl.ndarray.NDList.decode(manager, in);
            assertEquals(2, list.size());
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.3, 0.5, 0.99})
    void aFileCutAnywhereIsRefusedInOneLineThatNamesIt(double share) throws IOException {
        Path file = directory.resolve("a.safetensors");
        Safetensors.write(file, arrays(), Map.of());
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * share)));
        assertRefused(file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1152921504606846976],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,16]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,8]}}",
                "[1,2]",
                "{not json"
            })
    void aHeaderThatLiesIsRefused(String header) throws IOException {
        Path file = directory.resolve("lie.safetensors");
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, bytes.putLong(json.length).put(json).array());
        assertRefused(file);
    }

    @Test
    void onlyTheNewestTwoCheckpointsAreKeptAndTheNewestIsRead() throws IOException {
        Checkpoints checkpoints = new Checkpoints(directory);
        for (int step = 1; step <= 4; step++) {
            checkpoints.write(new Position(step * 9L, step * 0.1, 3), arrays());
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(2, files.count());
        }
        Checkpoints.Saved saved = checkpoints.newest(manager).orElseThrow();
        assertEquals(new Position(36, 0.4, 3), saved.position());
        checkpoints.clear();
        assertTrue(checkpoints.newest(manager).isEmpty());
    }

    private void assertRefused(Path file) {
        HarnessException e = assertThrows(HarnessException.class, () -> Safetensors.read(manager, file));
        assertEquals(HarnessException.Kind.CHECKPOINT, e.kind());
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
        assertFalse(e.getMessage().contains("\n"));
    }

    private Map<String, NDArray> arrays() {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        arrays.put("weight", manager.arange(12f).reshape(new Shape(3, 4)));
        arrays.put("bias", manager.create(new float[] {Float.MIN_VALUE, -0f, 3}));
        return arrays;
    }
}
