package io.maeharness.interop.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.checkpoint.Checkpoints;
import io.maeharness.core.config.DataSettings;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.data.DataSource;
import io.maeharness.core.data.Split;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.stage.StageData;
import io.maeharness.interop.exchange.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Holds what goes to native libraries to the promise of the other readers: mutated ONNX files and checkpoints of this
 * harness are refused in one line or read, within two seconds and 512 MB of memory of the whole process, which does not
 * crash. A program of its own, so that a crash is noticed.
 *
 * <p>Arguments: a directory, {@code onnx} or {@code checkpoint}, the number of mutations and a seed. Prints one line for
 * each broken promise, then the counts, the slowest file and the memory.
 */
public final class EngineFuzzer {
    private static final double MOST_SECONDS = 2;
    private static final long MOST_MEGABYTES = 512;
    private static final ModelSettings MODEL = new ModelSettings(8, 4, 8, 1, 1, 4, 1, 1, 1);

    private final Path directory;
    private int refused;
    private int read;
    private int broken;
    private double slowest;

    private EngineFuzzer(Path directory) {
        this.directory = directory;
    }

    /** What reads a file. */
    private interface Reader {
        void read(Path file);
    }

    /** Runs; the exit code is 0 when every promise was kept. */
    public static void main(String[] arguments) throws IOException {
        EngineFuzzer fuzzer = new EngineFuzzer(Path.of(arguments[0]));
        int mutations = Integer.parseInt(arguments[2]);
        Random random = new Random(Long.parseLong(arguments[3]));
        if (arguments[1].equals("onnx")) {
            fuzzer.onnx(mutations, random);
        } else {
            fuzzer.checkpoints(mutations, random);
        }
        long megabytes = peak() >> 10;
        System.out.printf(
                "%s: %d refused, %d read, %d broken promises; slowest %.3f s; %d MB%n",
                arguments[1], fuzzer.refused, fuzzer.read, fuzzer.broken, fuzzer.slowest, megabytes);
        System.exit(fuzzer.broken == 0 && megabytes <= MOST_MEGABYTES ? 0 : 1);
    }

    /** The most memory this process has held, KiB; 0 where the system does not say. */
    private static long peak() throws IOException {
        Path status = Path.of("/proc/self/status");
        return !Files.exists(status)
                ? 0
                : Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0);
    }

    private void onnx(int mutations, Random random) throws IOException {
        StageData data = StageData.of(new DataSettings(DataSource.BUNDLED, 0.1, 160, 20, Split.TEST), Optional.empty());
        Path linear = LinearOnnx.write(directory.resolve("linear.onnx"), 1, 8, 10, 0);
        Path vit = directory.resolve("vit.onnx");
        VitExport.untrained(MODEL, 1, 10, Opset.V17, "test", vit);
        List<byte[]> wholes = List.of(Files.readAllBytes(linear), Files.readAllBytes(vit));
        for (int i = 0; i < mutations; i++) {
            attempt(
                    i,
                    Mutations.of(wholes.get(i % wholes.size()), random),
                    "mutated.onnx",
                    file -> OnnxEvaluation.of(file, data, 8, PixelChoice.Given.NOTHING, "cpu", (done, all) -> {}));
        }
    }

    private void checkpoints(int mutations, Random random) throws IOException {
        String name = "checkpoint-3.safetensors";
        Checkpoints kept = new Checkpoints(directory);
        byte[] whole;
        try (NDManager manager = Torch.open("cpu")) {
            Map<String, NDArray> arrays = new LinkedHashMap<>();
            arrays.put("norm.weight", manager.ones(new Shape(8)));
            arrays.put("blocks.0.mlp.fc1.weight", manager.ones(new Shape(2, 4)));
            arrays.put("step", manager.zeros(new Shape()));
            kept.write(new Checkpoints.Position(3, 1.5, 2), arrays);
            whole = Files.readAllBytes(directory.resolve(name));
        }
        for (int i = 0; i < mutations; i++) {
            attempt(i, Mutations.of(whole, random), name, file -> {
                try (NDManager manager = Torch.open("cpu")) {
                    kept.newest(manager).orElseThrow().arrays().values().forEach(NDArray::toFloatArray);
                }
            });
        }
    }

    private void attempt(int number, byte[] contents, String name, Reader reader) throws IOException {
        Path file = Files.write(directory.resolve(name), contents);
        long begun = System.nanoTime();
        String problem = problem(file, reader);
        double seconds = (System.nanoTime() - begun) / 1e9;
        slowest = number == 0 ? slowest : Math.max(slowest, seconds); // The first loads the library.
        if (seconds > MOST_SECONDS && number > 0) {
            problem = "took " + seconds + " s";
        }
        if (!problem.isEmpty()) {
            broken++;
            System.out.println(number + ": " + problem);
            Files.copy(file, directory.resolve("broken-" + broken));
        }
    }

    /** What promise was broken; empty when none was. */
    private String problem(Path file, Reader reader) {
        try {
            reader.read(file);
        } catch (HarnessException e) {
            refused++;
            boolean oneLine = e.kind() == HarnessException.Kind.CHECKPOINT
                    && e.getMessage().contains(file.toString())
                    && e.getMessage().length() < 900
                    && e.getMessage().chars().noneMatch(Character::isISOControl);
            return oneLine ? "" : "is refused with " + e.kind() + " " + e.getMessage();
        } catch (RuntimeException | Error e) {
            return "ends with " + e + " "
                    + Arrays.stream(e.getStackTrace()).limit(6).toList();
        }
        read++;
        return "";
    }
}
