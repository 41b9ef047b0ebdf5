package io.maeharness.ablations.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.core.error.HarnessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayDirectoryTest {
    @TempDir
    private Path temporary;

    private ReplayDirectory directory(String what, String code) {
        return new ReplayDirectory(new OutputDirectory(temporary.resolve("replay")), what, code);
    }

    private Path begunWithAStage() throws IOException {
        directory("a", "1").begin();
        return Files.createFile(temporary.resolve("replay").resolve("stage"));
    }

    @Test
    void stagesOfAnInterruptedReplayOfTheSameCodeStay() throws IOException {
        Path stage = begunWithAStage();
        assertFalse(directory("a", "1").begin());
        assertTrue(Files.exists(stage));
    }

    @Test
    void stagesOfOtherCodeGo() throws IOException {
        Path stage = begunWithAStage();
        assertTrue(directory("a", "2").begin());
        assertFalse(Files.exists(stage));
        assertFalse(directory("a", "2").begin());
    }

    @Test
    void stagesOfAnUnknownCodeGo() throws IOException {
        Path stage = begunWithAStage();
        Files.writeString(temporary.resolve("replay").resolve("replay.txt"), "a\n");
        assertTrue(directory("a", "1").begin());
        assertFalse(Files.exists(stage));
    }

    @Test
    void aFinishedReplayIsComputedAgain() throws IOException {
        Path stage = begunWithAStage();
        directory("a", "1").keep();
        assertFalse(directory("a", "1").begin());
        assertFalse(Files.exists(stage));
    }

    @Test
    void anythingElseIsLeftAlone() throws IOException {
        Path stage = begunWithAStage();
        assertThrows(HarnessException.class, () -> directory("b", "1").begin());
        assertTrue(Files.exists(stage));
    }

    @Test
    void theDigestFollowsTheClassesTheLibrariesAndJava() throws IOException {
        Path classes = Files.createDirectories(temporary.resolve("classes"));
        Path library = Files.createFile(temporary.resolve("library-1.jar.txt"));
        String before = CodeDigest.of("17", List.of(classes, library));
        assertEquals(before, CodeDigest.of("17", List.of(classes, library)));
        assertFalse(before.equals(CodeDigest.of("21", List.of(classes, library))));
        assertFalse(before.equals(CodeDigest.of("17", List.of(classes))));
        Files.writeString(classes.resolve("A.class"), "x");
        assertFalse(before.equals(CodeDigest.of("17", List.of(classes, library))));
    }
}
