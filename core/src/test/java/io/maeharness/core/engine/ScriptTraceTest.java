package io.maeharness.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptTraceTest {
    @TempDir
    private Path directory;

    private List<String> lines() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            Path calls = files.filter(file -> file.toString().endsWith(".jsonl"))
                    .findFirst()
                    .orElseThrow();
            return Files.readAllLines(calls);
        }
    }

    @Test
    void aCallIsWrittenOnceForEachShapeOfItsArguments() throws IOException {
        ScriptTrace trace = new ScriptTrace(directory);
        try (NDManager manager = Torch.open("cpu")) {
            for (int rows : new int[] {2, 3, 2}) {
                NDList arguments = new ScriptArguments()
                        .add(manager.zeros(new Shape(rows, 4)))
                        .toList();
                trace.call("script", "step", arguments);
            }
        }
        assertEquals(2, lines().size());
        JsonNode call = new ObjectMapper().readTree(lines().get(1));
        assertEquals("[3,4]", call.at("/arguments/0/shape").toString());
        assertEquals("FLOAT32", call.at("/arguments/0/type").asText());
    }

    @Test
    void arraysInBf16AreCalledSo() throws IOException {
        ScriptSource source = new ScriptSource(ScriptTraceTest.class, "/io/maeharness/core/engine/half.py");
        try (NDManager manager = Torch.open("cpu");
                Script script = Script.load(manager, List.of(source), "Half", Map.of("training", true))) {
            NDList half = script.call("half", new ScriptArguments().add(manager.zeros(new Shape(2))));
            NDList arguments =
                    new ScriptArguments().add(half.singletonOrThrow()).toList();
            new ScriptTrace(directory).call("script", "step", arguments);
        }
        JsonNode call = new ObjectMapper().readTree(lines().get(0));
        assertEquals("BFLOAT16", call.at("/arguments/0/type").asText());
    }

    @Test
    void onlyNumbersOfTheProcessorGoWithTheirValues() throws IOException {
        ScriptTrace trace = new ScriptTrace(directory);
        try (NDManager manager = Torch.open("cpu");
                NDManager host = HostNumbers.apart(manager)) {
            NDList arguments = new ScriptArguments()
                    .add(manager.ones(new Shape(2)))
                    .add(host.create(new double[] {0.5, -3}))
                    .add(host.create(new long[] {7}))
                    .toList();
            trace.call("script", "step", arguments);
        }
        JsonNode call = new ObjectMapper().readTree(lines().get(0));
        assertEquals("[[0.5,-3.0],[7]]", call.get("values").toString());
        assertEquals(
                List.of(false, true, true),
                List.of(
                        call.at("/arguments/0/host").asBoolean(),
                        call.at("/arguments/1/host").asBoolean(),
                        call.at("/arguments/2/host").asBoolean()));
    }

    @Test
    void aScriptIsKeptUnderItsDigest() throws IOException {
        ScriptTrace trace = new ScriptTrace(directory);
        byte[] archive = {1, 2, 3};
        String name = trace.script(archive);
        assertEquals(name, trace.script(archive));
        assertArrayEquals(archive, Files.readAllBytes(directory.resolve(name + ".pt")));
    }
}
