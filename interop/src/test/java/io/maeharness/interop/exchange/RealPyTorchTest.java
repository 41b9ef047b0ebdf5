package io.maeharness.interop.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maeharness.core.error.HarnessException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a real PyTorch: Debian's package python3-torch, or any python3 that has it. */
class RealPyTorchTest {
    private static final long MOST_SECONDS = 120;
    private static final Path SCRIPT = Path.of("src/test/resources/io/maeharness/interop/exchange/write_pth.py")
            .toAbsolutePath();

    @TempDir
    private static Path directory;

    @BeforeAll
    static void write() {
        Optional<String> python = List.of("/usr/bin/python3", "python3").stream()
                .filter(RealPyTorchTest::hasTorch)
                .findFirst();
        if (python.isEmpty()) {
            System.out.println("skipped: no python3 with torch is installed (Debian: apt-get install python3-torch)");
        }
        assumeTrue(python.isPresent(), "no python3 with torch is installed (Debian: apt-get install python3-torch)");
        assertEquals(0, run(python.orElseThrow(), SCRIPT.toString(), directory.toString()));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5})
    void everyTensorOfACheckpointIsReadBitForBit(int protocol) throws IOException {
        try (ForeignCheckpoint file = ForeignCheckpoint.open(directory.resolve("model-" + protocol + ".pth"))) {
            assertTrue(file.tensors().size() > 20, file.tensors().keySet().toString());
            for (StoredTensor tensor : file.tensors().values()) {
                byte[] expected = Files.readAllBytes(directory.resolve(tensor.name() + ".bin"));
                int line = new String(expected, StandardCharsets.ISO_8859_1).indexOf('\n');
                String shape = new String(expected, 0, line, StandardCharsets.US_ASCII);
                assertEquals(
                        shape,
                        String.join(
                                " ",
                                tensor.shape().stream().map(String::valueOf).toList()));
                assertArrayEquals(
                        Arrays.copyOfRange(expected, line + 1, expected.length),
                        bytes(file.values(tensor)),
                        tensor.name());
            }
        }
    }

    @Test
    void itsOldFormatIsRefusedWithTheWayToConvertIt() {
        HarnessException e =
                assertThrows(HarnessException.class, () -> ForeignCheckpoint.open(directory.resolve("legacy.pth")));
        assertTrue(e.getMessage().contains("before 1.6"), e.getMessage());
    }

    private static boolean hasTorch(String command) {
        return run(command, "-c", "import importlib.util as u, sys; sys.exit(u.find_spec('torch') is None)") == 0;
    }

    private static int run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(MOST_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }
}
