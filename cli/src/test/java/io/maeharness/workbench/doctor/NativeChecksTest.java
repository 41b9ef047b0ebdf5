package io.maeharness.workbench.doctor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NativeChecksTest {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @Test
    void aChildThatDiesIsAFindingAndNotTheEndOfTheDoctor() {
        Map<String, String> facts = NativeChecks.probe(List.of(JAVA, "-XX:NoSuchOption"));
        assertTrue(facts.containsKey("problem"), facts.toString());
    }

    @Test
    void aChildThatCannotBeStartedIsAFinding() {
        assertTrue(NativeChecks.probe(List.of("no-such-program-here")).containsKey("problem"));
    }
}
