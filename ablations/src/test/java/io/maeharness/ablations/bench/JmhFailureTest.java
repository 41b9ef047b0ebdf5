package io.maeharness.ablations.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

class JmhFailureTest {
    @Test
    void anotherBenchmarkIsNamedWithoutTheAdviceToIgnoreIt() {
        RunnerException locked = new RunnerException("ERROR: Another JMH instance might be running. Unable to acquire"
                + " the JMH lock (/tmp/jmh.lock)\nuse -Djmh.ignoreLock=true to forcefully continue.");
        assertTrue(JmhFailure.isLocked(locked));
        assertEquals(
                "another benchmark is running on this machine; wait until it has ended", JmhFailure.inWords(locked));
    }

    @Test
    void anythingElseIsItsFirstLine() {
        RunnerException failed = new RunnerException(new IllegalStateException("no memory\nat somewhere"));
        assertFalse(JmhFailure.isLocked(failed));
        assertEquals(
                "the benchmark failed: no memory; ./mae doctor says what this machine lacks",
                JmhFailure.inWords(failed));
    }
}
