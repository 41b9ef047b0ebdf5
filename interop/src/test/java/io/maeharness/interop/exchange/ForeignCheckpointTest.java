package io.maeharness.interop.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.error.HarnessException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignCheckpointTest {
    @TempDir
    Path directory;

    @Test
    void theTensorsUnderModelAreReadBitForBitAndTheTrainingArgumentsAreLeftAlone() throws IOException {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put("cls_token", new long[] {1, 1, 8});
        shapes.put("norm.weight", new long[] {8});
        try (ForeignCheckpoint file = open(PthFile.model(shapes).bytes())) {
            assertEquals(
                    List.copyOf(shapes.keySet()), List.copyOf(file.tensors().keySet()));
            assertEquals(List.of(1L, 1L, 8L), file.tensors().get("cls_token").shape());
            file.tensors().forEach((name, tensor) -> assertArrayEquals(PthFile.values(name, 8), file.values(tensor)));
        }
    }

    @Test
    void aCompressedCopyOfACheckpointIsReadToo() throws IOException {
        Map<String, long[]> shapes = Map.of("norm.weight", new long[] {4096});
        try (ForeignCheckpoint file = open(PthFile.model(shapes).deflated().bytes())) {
            assertArrayEquals(
                    PthFile.values("norm.weight", 4096),
                    file.values(file.tensors().get("norm.weight")));
        }
    }

    @Test
    void viewsOfOneStorageTakeTheirOffsetAndStrides() throws IOException {
        PickleBytes pickle = new PickleBytes().op('}').op('(');
        pickle.text("rows").tensor("FloatStorage", "0", 6, 0, new long[] {2, 3}, new long[] {3, 1});
        pickle.text("transposed").tensor("FloatStorage", "0", 6, 0, new long[] {3, 2}, new long[] {1, 3});
        pickle.text("column").tensor("FloatStorage", "0", 6, 1, new long[] {2}, new long[] {3});
        pickle.text("none").tensor("FloatStorage", "0", 6, 6, new long[] {0}, new long[] {1});
        pickle.text("scalar").tensor("FloatStorage", "0", 6, 5, new long[] {}, new long[] {});
        byte[] bytes = PthFile.of(pickle.op('u').end())
                .with("data/0", PthFile.floats(0, 1, 2, 3, 4, 5))
                .bytes();
        try (ForeignCheckpoint file = open(bytes)) {
            assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, values(file, "rows"));
            assertArrayEquals(new float[] {0, 3, 1, 4, 2, 5}, values(file, "transposed"));
            assertArrayEquals(new float[] {1, 4}, values(file, "column"));
            assertArrayEquals(new float[] {}, values(file, "none"));
            assertArrayEquals(new float[] {5}, values(file, "scalar"));
        }
    }

    @Test
    void everyTypeThatAModelIsSavedInBecomesFp32() throws IOException {
        ByteBuffer storage = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        PickleBytes pickle = new PickleBytes().op('}').op('(');
        pickle.text("half").tensor("HalfStorage", "h", 4, 0, new long[] {4}, new long[] {1});
        pickle.text("bfloat").tensor("BFloat16Storage", "b", 2, 0, new long[] {2}, new long[] {1});
        pickle.text("double").tensor("DoubleStorage", "d", 1, 0, new long[] {1}, new long[] {1});
        pickle.text("long").tensor("LongStorage", "l", 1, 0, new long[] {1}, new long[] {1});
        pickle.text("byte").tensor("ByteStorage", "u", 2, 0, new long[] {2}, new long[] {1});
        byte[] half = storage.putShort((short) 0x3c00)
                .putShort((short) 0xc000)
                .putShort((short) 1)
                .putShort((short) 0x7c00)
                .array();
        byte[] bytes = PthFile.of(pickle.op('u').end())
                .with("data/h", half)
                .with("data/b", new byte[] {(byte) 0x80, 0x3f, 0, (byte) 0xc0})
                .with("data/d", little().putDouble(0.1).array())
                .with("data/l", little().putLong(-3).array())
                .with("data/u", new byte[] {(byte) 255, 1})
                .bytes();
        try (ForeignCheckpoint file = open(bytes)) {
            assertArrayEquals(
                    new float[] {1, -2, (float) Math.pow(2, -24), Float.POSITIVE_INFINITY}, values(file, "half"));
            assertArrayEquals(new float[] {1, -2}, values(file, "bfloat"));
            assertArrayEquals(new float[] {0.1f}, values(file, "double"));
            assertArrayEquals(new float[] {-3}, values(file, "long"));
            assertArrayEquals(new float[] {255, 1}, values(file, "byte"));
        }
    }

    @Test
    void aParameterIsItsTensorAndADictionaryMayCarryAState() throws IOException {
        PickleBytes pickle = new PickleBytes()
                .global("collections", "OrderedDict")
                .op(')')
                .op('R')
                .op('(');
        pickle.text("weight").global("torch._utils", "_rebuild_parameter").op('(');
        pickle.tensor("FloatStorage", "0", 1, 0, new long[] {1}, new long[] {1}).raw(0x88);
        pickle.global("collections", "OrderedDict")
                .op(')')
                .op('R')
                .op('t')
                .op('R')
                .op('u');
        pickle.op('}').text("_metadata").op('}').op('s').op('b');
        try (ForeignCheckpoint file =
                open(PthFile.of(pickle.end()).with("data/0", PthFile.floats(7)).bytes())) {
            assertArrayEquals(new float[] {7}, values(file, "weight"));
        }
    }

    @Test
    void whatStandsWhereATensorShouldIsNamedAndNotBuilt() throws IOException {
        PickleBytes pickle = new PickleBytes().op('}').op('(');
        pickle.text("a").tensor("FloatStorage", "0", 1, 0, new long[] {1}, new long[] {1});
        pickle.text("b")
                .global("numpy.core.multiarray", "scalar")
                .op(')')
                .op('R')
                .op('u');
        try (ForeignCheckpoint file =
                open(PthFile.of(pickle.end()).with("data/0", PthFile.floats(7)).bytes())) {
            assertEquals(Set.of("a"), file.tensors().keySet());
            assertEquals(Map.of("b", "an object of 'numpy.core.multiarray.scalar'"), file.others());
        }
    }

    @Test
    void theFormatFromBeforePyTorch16IsRefusedWithTheWayToConvertIt() {
        byte[] legacy = new PickleBytes()
                .raw(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19)
                .end();
        assertRefused(legacy, "torch.save(torch.load(");
    }

    @Test
    void aDamagedByteOfAStorageIsNoticed() throws IOException {
        byte[] bytes = PthFile.model(Map.of("norm.weight", new long[] {64})).bytes();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[text.indexOf("x/data/0") + 128] ^= 1;
        try (ForeignCheckpoint file = open(bytes)) {
            StoredTensor tensor = file.tensors().get("norm.weight");
            HarnessException e = assertThrows(HarnessException.class, () -> file.values(tensor));
            assertTrue(e.getMessage().contains("its entry 'x/data/0' is damaged"), e.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|it is an empty file; copy it again",
                "hello, this is not a checkpoint|it is text; name the file of the model itself",
                "version https://git-lfs.github.com/spec/v1|it is the pointer that Git leaves",
                "<html>|it is a web page",
                "{\"a\": 1}|it is JSON text",
                "'\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000'|it is all zeros where it begins",
                "'\u0008\u0008\u0012\u0002mk:'|it is an ONNX model, a graph and no checkpoint",
                "'\u00FF\u0001\u0002\u0003\u0004\u0005'|no header of a safetensors file; import takes a .pth"
            })
    void whatIsNoCheckpointIsCalledWhatItIs(String contents, String said) {
        assertRefused(contents.getBytes(StandardCharsets.ISO_8859_1), said);
    }

    @Test
    void aMissingFileIsRefused() {
        HarnessException e =
                assertThrows(HarnessException.class, () -> ForeignCheckpoint.open(directory.resolve("nowhere.pth")));
        assertTrue(e.getMessage().endsWith("nowhere.pth does not exist; check the path"), e.getMessage());
        assertThrows(HarnessException.class, () -> ForeignCheckpoint.open(directory));
    }

    private void assertRefused(byte[] contents, String said) {
        HarnessException e =
                assertThrows(HarnessException.class, () -> open(contents).close());
        assertEquals(HarnessException.Kind.CHECKPOINT, e.kind());
        assertTrue(e.getMessage().contains(said), e.getMessage());
        assertFalse(e.getMessage().contains("\n"));
    }

    private static ByteBuffer little() {
        return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static float[] values(ForeignCheckpoint file, String name) {
        return file.values(file.tensors().get(name));
    }

    private ForeignCheckpoint open(byte[] contents) throws IOException {
        return ForeignCheckpoint.open(Files.write(directory.resolve("file"), contents));
    }
}
