package io.maeharness.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command on a machine that seems to have two GPUs: a driver's tool that lists them, and a Java whose engine says how
 * many it can use and whose workers say only how they were started.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the driver's tool and the Java are shell scripts")
class TwoGpusTest {
    @TempDir
    private Path directory;

    private Path java;
    private Path tools;

    /** How a process of the command ended. */
    private record Ran(int code, String out, String err) {}

    @BeforeEach
    void makeMachine() throws IOException {
        tools = Files.createDirectories(directory.resolve("tools"));
        script(
                tools.resolve("nvidia-smi"),
                """
                case $* in
                *memory.free*) echo 80000 ;;
                *) printf '%s, Disabled, NVIDIA H100\\n' '0, 9.0, GPU-aa, 570.86.15, 81559 MiB' '1, 9.0, GPU-bb, 570.86.15, 81559 MiB' ;;
                esac
                """);
        java = Files.createDirectories(directory.resolve("jdk"));
        Path real = Path.of(System.getProperty("java.home"));
        try (Stream<Path> parts = Files.list(real)) {
            for (Path part : parts.filter(p -> !p.endsWith("bin")).toList()) {
                Files.createSymbolicLink(java.resolve(part.getFileName()), part);
            }
        }
        engine("cuda=true", "gpus=2");
    }

    @AfterEach
    void removeLinks() throws IOException {
        try (Stream<Path> parts = Files.list(java)) {
            for (Path part : parts.filter(Files::isSymbolicLink).toList()) {
                Files.delete(part);
            }
        }
    }

    /** What the engine says of CUDA. */
    private void engine(String... facts) throws IOException {
        engineThat("printf '%s\\n' " + String.join(" ", facts));
    }

    /** A script for what the engine says of CUDA; a worker writes its environment and its arguments down, and dies. */
    private void engineThat(String says) throws IOException {
        script(
                java.resolve("bin/java"),
                """
                case $* in
                *EngineProbe*)
                  echo "$CUDA_VISIBLE_DEVICES" >>"%2$s/asked"
                  printf '%%s\\n' "engine=PyTorch 2.7.1" product=2 opencv=ok "libtorch=%2$s/tools"
                  %1$s ;;
                *) { env; echo "ARGUMENTS=$*"; } >"%2$s/worker-$CUDA_VISIBLE_DEVICES"; exit 3 ;;
                esac
                """
                        .formatted(says, directory));
    }

    /** What processes that tried the engine saw, in the order of their starts. */
    private List<String> asked() throws IOException {
        Path file = directory.resolve("asked");
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        Files.deleteIfExists(file);
        return lines;
    }

    @Test
    void aPlanTakesBothTriesTheEngineOnceAndTheDoctorAnew() throws IOException {
        String[] plan = ("plan table1f --profile smoke --no-calibration --set pretrain.schedule.microBatch=8"
                        + " --set finetune.schedule.microBatch=8 --output " + output())
                .split(" ");
        Ran ran = run(plan);
        assertEquals(0, ran.code(), ran.toString());
        assertTrue(ran.out().contains("profile smoke on gpu:0, gpu:1, 2 workers, bf16"), ran.toString());
        assertTrue(ran.out().contains("on a GPU of 79.6 GiB, which takes up to 64 images at once"), ran.toString());
        assertEquals(List.of("GPU-aa,GPU-bb"), asked());
        assertEquals(ran, run(plan));
        assertEquals(List.of(), asked());
        Ran doctor = run("doctor", "--profile", "smoke", "--output", output());
        assertEquals(List.of("GPU-aa,GPU-bb"), asked());
        assertTrue(doctor.out().contains("gpu:0 NVIDIA H100 (79.6 GiB), gpu:1 NVIDIA H100"), doctor.toString());
        assertTrue(doctor.out().contains("the driver lists 2, the engine computes on 2"), doctor.toString());
    }

    @Test
    void aSchedulersChoiceIsHeeded() throws IOException {
        Ran ran = run(
                "CUDA_VISIBLE_DEVICES=1",
                "plan",
                "table1f",
                "--profile",
                "smoke",
                "--no-calibration",
                "--output",
                output());
        assertTrue(ran.out().contains("profile smoke on gpu:1, 1 worker"), ran.toString());
        Ran hidden = run(
                "CUDA_VISIBLE_DEVICES=1",
                "plan",
                "table1f",
                "--profile",
                "smoke",
                "--device",
                "gpu:0",
                "--output",
                output());
        assertEquals(ExitCode.DEVICE.code(), hidden.code(), hidden.toString());
        assertTrue(hidden.err().contains("CUDA_VISIBLE_DEVICES=1 leaves 1: gpu:1"), hidden.toString());
    }

    @Test
    void eachWorkerSeesItsOwnGpu() throws IOException {
        Ran ran = run("reproduce", "table1f", "--profile", "smoke", "--device", "gpu", "--output", output());
        assertEquals(ExitCode.STAGES_FAILED.code(), ran.code(), ran.toString());
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(
                    new TreeSet<>(List.of("worker-GPU-aa", "worker-GPU-bb")),
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith("worker-"))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        for (String gpu : List.of("GPU-aa", "GPU-bb")) {
            String said = Files.readString(directory.resolve("worker-" + gpu));
            assertTrue(said.contains("CUDA_DEVICE_ORDER=PCI_BUS_ID"), said);
            assertTrue(said.contains("NVIDIA_TF32_OVERRIDE=0"), said);
            assertTrue(said.contains("-DPYTORCH_FLAVOR=cu128"), said);
            assertTrue(said.contains("-XX:+UseParallelGC"), said);
        }
    }

    @Test
    void autoTakesTheProcessorWhereTheEngineCannotUseWhatTheDriverLists() throws IOException {
        engine("cuda=false", "gpus=0");
        Ran ran = run("plan", "table1f", "--profile", "smoke", "--no-calibration", "--output", output());
        assertTrue(ran.out().contains("profile smoke on cpu"), ran.toString());
        assertTrue(ran.err().contains("gpu:0, gpu:1 cannot be used: libtorch finds no CUDA"), ran.toString());
        assertTrue(
                ran.err().contains("computing on the processor: nvidia-smi lists 2, none of which can be used"),
                ran.toString());
        Ran demanded = run("plan", "table1f", "--profile", "smoke", "--device", "gpu", "--output", output());
        assertEquals(ExitCode.DEVICE.code(), demanded.code(), demanded.toString());
    }

    @Test
    void aGpuThatDoesNotComputeIsNamedAndTheOtherGoesOn() throws IOException {
        engineThat("case $CUDA_VISIBLE_DEVICES in GPU-bb) echo cuda=true; echo gpus=1 ;;"
                + " *) echo cuda=true; echo gpus=0; echo 'refusal=CUDA error: uncorrectable ECC error' ;; esac");
        Ran ran = run("reproduce", "table1f", "--profile", "smoke", "--workers", "1", "--output", output());
        assertTrue(
                ran.err().contains("gpu:0 cannot be used: CUDA error: uncorrectable ECC error; see ./mae doctor"),
                ran.toString());
        assertTrue(Files.exists(directory.resolve("worker-GPU-bb")));
        assertTrue(Files.notExists(directory.resolve("worker-GPU-aa")));
    }

    /** As drivers before 570 have it, a process sees one instance, however many it is given. */
    @Test
    void instancesOfADividedCardAreAWorkerEach() throws IOException {
        script(
                tools.resolve("nvidia-smi"),
                """
                case $* in
                -L) printf '%s\\n' 'GPU 0: NVIDIA H100 (UUID: GPU-aa)' \\
                  '  MIG 1g.10gb     Device  0: (UUID: MIG-x)' '  MIG 1g.10gb     Device  1: (UUID: MIG-y)' ;;
                *) echo '0, 9.0, GPU-aa, 535.86.15, 81559 MiB, Enabled, NVIDIA H100' ;;
                esac
                """);
        engine("cuda=true", "gpus=1");
        run("reproduce", "table1f", "--profile", "smoke", "--workers", "2", "--output", output());
        assertEquals(
                List.of("MIG-x", "MIG-x,MIG-y", "MIG-y"),
                asked().stream().sorted().toList());
        assertTrue(Files.exists(directory.resolve("worker-MIG-x")));
        assertTrue(Files.exists(directory.resolve("worker-MIG-y")));
    }

    private String output() {
        return directory.resolve("run").toString();
    }

    /** Variables of the environment first, {@code NAME=value}, then the command line. */
    private Ran run(String... line) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.home=" + java,
                "-DOPT_OUT_TRACKING=true",
                "-cp",
                withoutNatives(),
                Main.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PATH", tools + File.pathSeparator + System.getenv("PATH"));
        builder.environment().put("XDG_CACHE_HOME", directory.resolve("cache").toString());
        builder.environment().keySet().removeAll(List.of("CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER"));
        for (String word : line) {
            if (word.startsWith("CUDA_")) {
                builder.environment().put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
            } else {
                command.add(word);
            }
        }
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            assertTrue(process.waitFor(2, TimeUnit.MINUTES), "the command does not end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** The class path of a build for GPUs: the engine's natives are fetched to fit the machine. */
    private static String withoutNatives() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("pytorch-native-cpu"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static void script(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body);
        assertTrue(file.toFile().setExecutable(true));
    }
}
