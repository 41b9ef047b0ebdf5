package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.core.error.HarnessException;
import io.maeharness.results.ResultStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
    @Test
    void theReadmeListsEveryCodeWithItsMeaning() throws IOException {
        List<String> listed = Files.readAllLines(Path.of("..", "README.md")).stream()
                .dropWhile(line -> !line.startsWith("| exit code |"))
                .filter(line -> line.matches("\\| \\d+ \\| .*"))
                .toList();
        List<String> known = Arrays.stream(ExitCode.values())
                .map(code -> "| " + code.code() + " | " + code.meaning() + " |")
                .toList();
        assertEquals(known, listed);
    }

    @Test
    void noTwoKindsOfProblemShareACode() {
        assertEquals(
                ExitCode.values().length,
                Arrays.stream(ExitCode.values())
                        .map(ExitCode::code)
                        .collect(Collectors.toSet())
                        .size());
        assertEquals(
                HarnessException.Kind.values().length,
                Arrays.stream(HarnessException.Kind.values())
                        .map(ExitCode::of)
                        .collect(Collectors.toSet())
                        .size());
    }

    @Test
    void theCodeThatJavaItselfEndsWithIsNoneOfThese() {
        assertTrue(Arrays.stream(ExitCode.values()).noneMatch(code -> code.code() == 1));
    }

    @Test
    void aFullDiskIsTheSameProblemWhoeverMeetsIt() {
        assertEquals(ExitCode.of(HarnessException.Kind.DISK), ExitCode.of(ResultStoreException.Kind.DISK_FULL));
    }
}
