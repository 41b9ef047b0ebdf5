package io.maeharness.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.results.ResultStoreException.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResultStoreExceptionTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new IOException("No space left on device"), Kind.DISK_FULL),
                Arguments.of(new FileSystemException("f", null, "Disk quota exceeded"), Kind.DISK_FULL),
                Arguments.of(new IOException("There is not enough space on the disk"), Kind.DISK_FULL),
                Arguments.of(new AccessDeniedException("f"), Kind.READ_ONLY),
                Arguments.of(new FileSystemException("f", null, "Read-only file system"), Kind.READ_ONLY),
                Arguments.of(new ReadOnlyFileSystemException(), Kind.READ_ONLY),
                Arguments.of(new IOException("Input/output error"), Kind.IO));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void theSystemsErrorDecidesTheKindAndTheMessageNamesTheFile(Exception failure, Kind kind) {
        var error = ResultStoreException.onWrite(Path.of("out/results.csv"), failure);
        assertEquals(kind, error.kind());
        assertTrue(error.getMessage().contains(Path.of("out/results.csv").toString()), error.getMessage());
        assertEquals(1, error.getMessage().lines().count());
    }
}
