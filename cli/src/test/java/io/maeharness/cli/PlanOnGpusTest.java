package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanOnGpusTest {
    @TempDir
    private Path output;

    private CommandLineRun plan(String line) {
        List<String> arguments = new ArrayList<>(List.of(("plan " + line).split(" ")));
        arguments.addAll(List.of("--output", output.toString()));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    private JsonNode json(String line) throws JsonProcessingException {
        CommandLineRun run = plan(line + " --json");
        assertEquals(0, run.code(), run.toString());
        return JsonMapper.builder().build().readTree(run.out());
    }

    @Test
    void thePaperItselfIsForetoldWithoutItsImages() {
        CommandLineRun run = plan("all --profile imagenet --gpu h100 --count 8");
        assertEquals(0, run.code(), run.toString());
        assertTrue(run.out().contains("8 x H100 SXM, 14 cores each, bf16"), run.out());
        assertTrue(
                run.out().contains("1,281,167 and 50,000 images of ImageNet-1K, which is not here: assumed"),
                run.out());
        assertTrue(run.out().matches("(?s).*table1a +20 .*table2 +6 .*total +\\d+ .*"), run.out());
        assertFalse(run.out().contains("too large"), run.out());
        assertTrue(run.out().contains("assumed 60 % of 989 TFLOP/s"), run.out());
        assertTrue(run.out().contains("took 1.1 to 3.4 times"), run.out());
        assertEquals("", run.err());
    }

    /** As a run chooses them: an L4 has 24 GiB, an H100 80. */
    @Test
    void microBatchesFollowTheMemoryOfTheCard() throws JsonProcessingException {
        String stage = "table1a/depth-8 --profile imagenet --gpu ";
        JsonNode small = json(stage + "l4");
        JsonNode large = json(stage + "h100");
        int few = small.at("/stages/0/microBatch").intValue();
        assertEquals("pretrain", small.at("/stages/0/kind").textValue());
        assertTrue(few >= 64 && few < large.at("/stages/0/microBatch").intValue(), small.toString());
        assertTrue(large.at("/stages/0/bytes").doubleValue() < 0.7 * 80 * (1L << 30), large.toString());
        assertTrue(large.at("/total/shares/launches").asDouble(0) < 0.1, large.toString());
        assertEquals(0.6, large.at("/assumptions/arithmeticShare").doubleValue());
        assertEquals(large.at("/total/stages").intValue(), large.at("/stages").size());
    }

    @Test
    void severalCardsAStageTakeShards() throws JsonProcessingException {
        String stage = "table1a/depth-8 --metrics ft --profile imagenet --gpu h100 --count 4 --device gpu:0+1+2+3";
        double whole = json(stage).at("/total/elapsedHours").doubleValue();
        double cut = json(stage + " --set pretrain.schedule.shards=4 --set finetune.schedule.shards=4")
                .at("/total/elapsedHours")
                .doubleValue();
        assertTrue(cut > whole / 4 && cut < whole / 3.5, whole + " " + cut);
        assertTrue(plan(stage).out().contains("idle    cards beside the first"), stage);
        assertFalse(
                plan(stage + " --set pretrain.schedule.shards=4 --set finetune.schedule.shards=4")
                        .out()
                        .contains("idle"),
                stage);
    }

    @Test
    void aCardWithoutBf16ComputesInFp32AndSaysSo() {
        CommandLineRun run = plan("table1f --profile smoke --gpu V100");
        assertEquals(0, run.code(), run.toString());
        assertTrue(run.out().contains("V100 SXM2 has no bf16, and fp16 is not computed here: fp32"), run.out());
        assertTrue(run.out().contains("<0.01"), run.out());
        assertFalse(run.out().contains("assumed\n"), "bundled images are here: " + run.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--gpu h1000|--gpu: no GPU 'h1000' is known; did you mean h100? Known are v100, t4, a100-40gb, a100",
                "--gpu 4090|did you mean rtx4090?",
                "--gpu h100 --count 0|--count must be at least 1, got 0",
                "--gpu h100 --cores -1|--cores must be at least 1, got -1",
                "--gpu h100 --count many|Invalid value for option '--count'",
                "--gpu h100 --count 3 --device gpu:0+1|--count 3: stages on 2 cards each take a multiple of 2",
                "--gpu h100 --device cpu|--device cpu: with --gpu it says how many compute a stage together",
                "--gpu h100 --count 3 --device gpu:0+1+2|a stage is computed on 1, 2, 4, 8 or another power of two",
                "--gpu h100 --workers 4|--workers: a forecast has one worker a GPU; say --count instead",
                "--gpu h100 --budget 1h|--gpu: a budget is spent by this machine's pace; leave it out, or --gpu",
                "--gpu t4 --precision bf16|--precision bf16: T4 has none natively; leave it out for fp32",
                "--gpu t4 --precision fp8|--precision takes auto, fp32 or bf16, got 'fp8'",
                "--count 8|--count belongs to a forecast; name the GPU, as --gpu h100",
                "--cores 8|--cores belongs to a forecast",
                "--json|--json belongs to a forecast"
            })
    void whatCannotBeForetoldIsRefused(String options, String message) {
        CommandLineRun run = plan("table1f --profile smoke " + options);
        assertEquals(ExitCode.USAGE.code(), run.code(), run.toString());
        assertTrue(run.err().contains(message), run.err());
    }

    @Test
    void aDirectoryThatTheUserNamesIsNotReplacedByAnAssumption() {
        CommandLineRun run = plan("table1f --profile imagenet --gpu h100 --data-dir /nowhere/at-all");
        assertEquals(ExitCode.DATA.code(), run.code(), run.toString());
    }
}
