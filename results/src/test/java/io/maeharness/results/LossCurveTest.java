package io.maeharness.results;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.results.ResultStoreException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossCurveTest {

    @TempDir
    Path directory;

    @Test
    void pointsComeBackInOrder() {
        Path file = LossCurve.file(directory, "abc");
        write(file, 0, 1, 4);
        assertEquals(List.of(point(1), point(2), point(3)), LossCurve.read(file));
    }

    @Test
    void anInterruptedCurveIsThatOfAnUninterruptedRun() throws IOException {
        Path whole = directory.resolve("whole.csv");
        write(whole, 0, 1, 11);
        Path resumed = directory.resolve("resumed.csv");
        write(resumed, 0, 1, 8);
        Files.writeString(resumed, "8,0.", StandardOpenOption.APPEND);
        write(resumed, 5, 5, 11);
        assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(resumed));
    }

    @Test
    void aStageThatStartsAnewHasAnEmptyCurve() {
        Path file = directory.resolve("abc.csv");
        write(file, 0, 1, 8);
        LossCurve.resume(file, 0).close();
        assertEquals(List.of(), LossCurve.read(file));
    }

    @Test
    void stepsGrow() {
        try (LossCurve curve = LossCurve.resume(directory.resolve("abc.csv"), 0)) {
            curve.append(point(3));
            assertThrows(IllegalStateException.class, () -> curve.append(point(3)));
        }
    }

    @Test
    void aNanLossIsKeptAsThePointWhereTheStageBrokeOff() {
        Path file = directory.resolve("abc.csv");
        try (LossCurve curve = LossCurve.resume(file, 0)) {
            curve.append(new LossCurve.Point(1, 0.5, Double.NaN, 1e-4, 100));
        }
        assertTrue(Double.isNaN(LossCurve.read(file).get(0).loss()));
    }

    @Test
    void aFileThatIsNoCurveIsRefusedAndKept() throws IOException {
        Path file = Files.writeString(directory.resolve("abc.csv"), "my notes\n");
        var error = assertThrows(ResultStoreException.class, () -> LossCurve.resume(file, 0));
        assertEquals(Kind.CORRUPT, error.kind());
        assertEquals("my notes\n", Files.readString(file));
    }

    private static void write(Path file, long resumeFrom, int first, int end) {
        try (LossCurve curve = LossCurve.resume(file, resumeFrom)) {
            for (int step = first; step < end; step++) {
                curve.append(point(step));
            }
            curve.force();
        }
    }

    private static LossCurve.Point point(int step) {
        return new LossCurve.Point(step, step / 4.0, 1.0 / step, 1e-4 * step, 1000);
    }
}
