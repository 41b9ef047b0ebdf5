package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maeharness.core.device.Devices;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each wrong input gives one line that starts with "mae: " and an exit code that tells its kind. */
class WrongInputTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UNKNOWN_TABLE|reproduce tabel1a|there is no table 'tabel1a'; did you mean table1a?",
                "UNKNOWN_TABLE|reproduce table1a/deph-1|table table1a has no case 'deph-1'; did you mean table1a/depth-1?",
                "UNKNOWN_PROFILE|reproduce --profile quik|unknown profile 'quik'; the nearest known is 'quick'",
                "CONFIG|reproduce --profile missing.yaml|profile missing.yaml does not exist",
                "USAGE|reproduce --seeds 0|--seeds takes how many seeds (3 for the seeds 0 to 2) or which (5-7), got '0'",
                "USAGE|reproduce --seeds many|--seeds takes how many seeds (3 for the seeds 0 to 2) or which (5-7), got 'many'",
                "USAGE|reproduce --workers 0|--workers must be at least 1, got 0",
                "USAGE|reproduce table1f --metrics ftt --profile smoke|--metrics: no selected table has a metric 'ftt'; did you mean ft? Known are ft, lin, knn",
                "USAGE|plan table1a --metrics vit-b --profile smoke|--metrics: no selected table has a metric 'vit-b'",
                "USAGE|report --metrics ft --publish --profile smoke|--publish shows all columns",
                "USAGE|plan table1f --profile smoke --published /nowhere|--published: there is no directory /nowhere",
                "USAGE|plan table1f --profile smoke --published a --fresh|--fresh takes nothing from --published",
                "USAGE|merge /nowhere/a|there is no results.csv in /nowhere/a or its folder data",
                "USAGE|merge a b --prefer c|--prefer c is none of the runs",
                "USAGE|reproduce --max-steps 0|--max-steps must be at least 1, got 0",
                "USAGE|reproduce --precision fp8|--precision takes auto, fp32 or bf16, got 'fp8'",
                "USAGE|reproduce --device tpu|--device takes auto, cpu, gpu, gpu:N or gpu:N+M, got 'tpu'",
                "USAGE|reproduce --device cpu+cpu+cpu|a stage is computed on 1, 2, 4, 8 or another power of two of devices",
                "CONFIG|reproduce --set pretrain.schedule.shards=3|shards must be a power of two up to the batchSize 72, got 3",
                "CONFIG|reproduce --set pretrain.schedule.shards=0|shards must be a power of two, got 0",
                "USAGE|reproduce --set maskRatio|--set takes KEY=VALUE, got 'maskRatio'",
                "USAGE|reproduce --profil smoke|unknown option '--profil'",
                "USAGE|bench|bench takes what is to be measured: pretrain, features or inference",
                "USAGE|bench pretrain --precision fp8|--precision takes auto, fp32 or bf16, got 'fp8'",
                "UNKNOWN_PROFILE|bench features --profile quik|unknown profile 'quik'; the nearest known is 'quick'",
                "USAGE|export|Missing required parameter: 'STAGE'",
                "USAGE|export context/mae --format pickle|Invalid value for option '--format'",
                "USAGE|export context/mae --opset 16|--opset: the opset is one of 17, 20, got 16",
                "USAGE|export context --profile smoke|context has 5 cases; name one of context/mae, context/random-weights",
                "UNKNOWN_TABLE|export context/raw-pixels:knn:ft --profile smoke|context/raw-pixels:knn has no stage 'ft'",
                "USAGE|export context/mae --profile smoke --seed 7|context/mae is not measured with --seed 7",
                "UNKNOWN_TABLE|export contxt/mae --profile smoke|there is no table 'contxt'; did you mean context?",
                "UNKNOWN_TABLE|export context/mae:finetun --profile smoke|did you mean context/mae:finetune?",
                "UNKNOWN_TABLE|export 0123abcd --profile smoke|no finished stage in",
                "CHECKPOINT|export context/mae --profile smoke|is not finished in",
                "USAGE|evaluate|Missing required parameter: 'MODEL'",
                "CONFIG|plan --profile smoke --set pretrain.schedule.epochs=1e300|pretrain.schedule: epochs must lie in [0.0, 100000.0], got 1.0E300",
                "CONFIG|plan --profile smoke --set pretrain.schedule.batchSize=2147483647|batchSize must be at most 1048576, got 2147483647",
                "CONFIG|plan --profile smoke --set model.imageSize=100000|model.imageSize must be at most 8192, got 100000",
                "CONFIG|plan --profile smoke --set model.encoderDepth=1000000000|model.encoderDepth must be at most 1000",
                "CONFIG|plan --profile smoke --set model.encoderDim=65536|model.encoderDim 65536 with model.mlpRatio",
                "CONFIG|plan --profile smoke --set knn.neighbours=2000000000|knn.neighbours must be at most 1048576",
                "CONFIG|plan --profile smoke --set seeds=1000000|seeds must be at most 100, got 1000000",
                "CONFIG|plan --profile smoke --set dino.headOutputs=2000000000|dino.headOutputs must be at most 131072",
                "CHECKPOINT|evaluate src --profile smoke|the model src is no regular file; name the ONNX file itself",
                "CHECKPOINT|import /dev/zero --profile smoke|it is a device or a pipe; name a regular file",
                "CHECKPOINT|evaluate nothing.onnx --profile smoke|the model nothing.onnx does not exist",
                "USAGE|evaluate pom.xml --data cifar|--data takes bundled, fashion-mnist, cifar10, imagefolder",
                "USAGE|evaluate pom.xml --device tpu|--device takes auto, cpu, gpu or gpu:N, got 'tpu'",
                "CHECKPOINT|evaluate pom.xml --profile smoke|the model pom.xml cannot be used: it is a web page or XML, no",
                "CHECKPOINT|plan table1d --profile smoke --tokenizer nothing.onnx|nothing.onnx does not exist",
                "USAGE|plan table1d --profile smoke --tokenizer a.onnx --tokenizer-pixels rgb|--tokenizer-pixels: a tokenizer",
                "USAGE|plan table1d --profile smoke --tokenizer-pixels unit|--tokenizer-pixels unit says something of a model",
                "USAGE|plan table1d --profile smoke --tokenizer-data photographs|name it with --tokenizer FILE",
                "USAGE|visualize table2 --profile smoke|there is nothing to draw for table2",
                "DISK|bench inference nothing.onnx --csv /proc/none/x.csv|x.csv cannot be written",
                "CHECKPOINT|bench inference nothing.onnx|nothing.onnx does not exist; ./mae export writes one",
                "CHECKPOINT|import nowhere.pth --profile smoke|nowhere.pth does not exist",
                "CHECKPOINT|import pom.xml --profile smoke|pom.xml cannot be imported: it is a web page or XML; download",
                "CHECKPOINT|reproduce context/mae --import nowhere.pth --profile smoke|nowhere.pth does not exist",
                "USAGE|reproduce table1a --import nowhere.pth --profile smoke|--import fills table3/mae",
                "STORE_READ_ONLY|plan table1f --profile smoke --output pom.xml|pom.xml is not a directory",
                "STORE_READ_ONLY|list --profile smoke --output pom.xml|pom.xml is not a directory",
                "USAGE|reproduce --seeds 1000000|--seeds takes at most 100 seeds at once, got 1000000",
                "USAGE|reproduce --seeds 5-999999999|go on with further ones, such as 105-204",
                "USAGE|reproduce --workers 1000000000|--workers must be at most 1024, got 1000000000",
                "UNKNOWN_TABLE|reproduce @pom.xml --profile smoke|there is no table '@pom.xml'",
                "CONFIG|plan --profile /proc/self|it is a directory",
                "DISK|report --profile smoke --output /proc/none|cannot write /proc/none/report/data/results.csv: there is no such file or directory",
                "USAGE|reprodcue|unknown command or argument 'reprodcue'; did you mean reproduce",
                "CONFIG|reproduce --set maskRato=0.5|unknown key 'maskRato'; the nearest known is 'maskRatio'",
                "CONFIG|reproduce --set epochs=5|key 'epochs' is ambiguous",
                "CONFIG|reproduce --set maskRatio=much|pretrain.maskRatio takes a number, got 'much'",
                "CONFIG|run --set maskRatio=1.5|pretrain.maskRatio must lie in (0, 1), got 1.5",
                "DATA|reproduce --profile cifar10 --data-dir /nowhere/at-all|/nowhere/at-all"
            })
    void isRefusedInOneLineWithItsOwnCode(ExitCode code, String arguments, String said) {
        assertRefused(code, said, arguments.split(" ", -1));
    }

    @Test
    void anUnknownKeyInAProfileFileNamesTheLine() throws IOException {
        Path file = Files.writeString(directory.resolve("mine.yaml"), "extends: smoke\npretrain:\n  maskRato: 0.5\n");
        assertRefused(
                ExitCode.CONFIG,
                "mine.yaml line 3: unknown key 'pretrain.maskRato'",
                "reproduce",
                "--profile",
                file.toString());
    }

    @Test
    void anImportedModelOfAnotherSizeIsRefusedWithBothShapes() throws IOException {
        String header = "{\"cls_token\":{\"dtype\":\"F32\",\"shape\":[1,1,2],\"data_offsets\":[0,8]},"
                + "\"patch_embed.proj.weight\":{\"dtype\":\"F32\",\"shape\":[2,1,4,4],\"data_offsets\":[8,136]}}";
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + json.length + 136).order(ByteOrder.LITTLE_ENDIAN);
        Path file = Files.write(
                directory.resolve("small.safetensors"),
                bytes.putLong(json.length).put(json).array());
        assertRefused(
                ExitCode.CHECKPOINT,
                "tensor 'cls_token' has shape [1, 1, 2], the model needs [1, 1, 32]",
                "import",
                file.toString(),
                "--profile",
                "smoke");
    }

    @Test
    void aTruncatedDataFileIsRefusedWithBothLengths() throws IOException {
        Path data = Files.createDirectory(directory.resolve("cifar"));
        for (String name : List.of("data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5")) {
            Files.write(data.resolve(name + ".bin"), new byte[10]);
        }
        Files.write(data.resolve("test_batch.bin"), new byte[10]);
        assertRefused(
                ExitCode.DATA_DAMAGED,
                "is truncated: it has 10 bytes, expected 30730000",
                "reproduce",
                "table1f",
                "--profile",
                "cifar10",
                "--data-dir",
                data.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu", "gpu:0"})
    void aGpuThatIsNotThereIsRefused(String device) {
        assumeTrue(Devices.detect().gpus().isEmpty(), "this machine has a GPU");
        assertRefused(ExitCode.DEVICE, "--device " + device + ": no such CUDA GPU", "reproduce", "--device", device);
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", "reproduce", "claims"})
    void aDamagedResultsFileIsRefusedAndLeftAsItIs(String command) throws IOException {
        Path results = Files.writeString(directory.resolve("results.csv"), "half a li");
        assertRefused(
                ExitCode.STORE_CORRUPT, "results.csv", command, "--profile", "smoke", "--output", directory.toString());
        assertEquals("half a li", Files.readString(results));
    }

    @Test
    void anOutputDirectoryThatCannotBeMadeIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        CommandLineRun run = run("reproduce", "table1f", "--profile", "smoke", "--output", file + "/below");
        assertTrue(
                List.of(ExitCode.DISK.code(), ExitCode.STORE_READ_ONLY.code()).contains(run.code()), run.toString());
        assertOneLine(run);
    }

    @Test
    void aReferenceThatIsNotThereIsRefused() {
        assertRefused(
                ExitCode.USAGE,
                "there is no results.csv in",
                "check",
                "--profile",
                "smoke",
                "--against",
                directory.toString());
    }

    @Test
    void theStackTraceIsPrintedOnlyForDebugging() {
        assertFalse(run("reproduce", "--seeds", "0").err().contains("\tat "));
        assertTrue(run("reproduce", "--seeds", "0", "--debug").err().contains("\tat "));
    }

    private void assertRefused(ExitCode code, String said, String... arguments) {
        CommandLineRun run = run(arguments);
        assertEquals(code.code(), run.code(), run.toString());
        assertTrue(run.err().contains(said), run.err());
        assertOneLine(run);
    }

    private static void assertOneLine(CommandLineRun run) {
        assertTrue(run.err().startsWith("mae: ") && run.err().lines().count() == 1, run.err());
    }

    private CommandLineRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!all.contains("--output") && !List.of("reprodcue", "bench").contains(arguments[0])) {
            all.addAll(List.of("--output", directory.resolve("out").toString()));
        }
        return CommandLineRun.of(all.toArray(String[]::new));
    }
}
