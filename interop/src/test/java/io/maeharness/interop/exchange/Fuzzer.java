package io.maeharness.interop.exchange;

import io.maeharness.core.error.HarnessException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Holds the readers to their promise with hostile and with mutated files: refused in one line or read, within two
 * seconds and the memory of this JVM. A program of its own, so that its memory can be limited.
 *
 * <p>Arguments: a directory, then the number of mutations and a seed; with no mutations, the files of the directory are
 * the hostile ones. Prints one line for each broken promise, then the
 * counts and the slowest file.
 */
public final class Fuzzer {
    private static final double MOST_SECONDS = 2;

    private final Path directory;
    private int refused;
    private int read;
    private int broken;
    private double slowest;
    private String slowestName = "";

    private Fuzzer(Path directory) {
        this.directory = directory;
    }

    /** Runs; the exit code is 0 when every promise was kept. */
    public static void main(String[] arguments) throws IOException {
        Fuzzer fuzzer = new Fuzzer(Path.of(arguments[0]));
        int mutations = Integer.parseInt(arguments[1]);
        if (mutations == 0) {
            fuzzer.hostile();
        }
        Random random = new Random(Long.parseLong(arguments[2]));
        for (int i = 0; i < mutations; i++) {
            fuzzer.mutated(i, random);
        }
        System.out.printf(
                "%d refused, %d read, %d broken promises; slowest %.3f s: %s%n",
                fuzzer.refused, fuzzer.read, fuzzer.broken, fuzzer.slowest, fuzzer.slowestName);
        System.exit(fuzzer.broken == 0 ? 0 : 1);
    }

    private enum Expected {
        REFUSAL,
        REFUSAL_OR_SAME_VALUES,
        REFUSAL_OR_ANY_VALUES
    }

    private void hostile() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                attempt(file.getFileName().toString(), file, Expected.REFUSAL);
            }
        }
    }

    private void mutated(int number, Random random) throws IOException {
        byte[] pickle = pickle();
        switch (number % 5) {
            case 0 ->
                attempt(
                        number + " pth",
                        Mutations.of(archive(pickle).bytes(), random),
                        Expected.REFUSAL_OR_SAME_VALUES);
            case 1 ->
                attempt(
                        number + " packed pth",
                        Mutations.of(archive(pickle).deflated().bytes(), random),
                        Expected.REFUSAL_OR_SAME_VALUES);
            case 2, 3 ->
                attempt(
                        number + " pickle",
                        archive(Mutations.of(pickle, random)).bytes(),
                        Expected.REFUSAL_OR_ANY_VALUES);
            default -> attempt(number + " safetensors", safetensors(random), Expected.REFUSAL_OR_ANY_VALUES);
        }
    }

    private static byte[] pickle() {
        PickleBytes pickle = new PickleBytes().op('}').op('(').text("model").global("collections", "OrderedDict");
        pickle.op(')').op('R').raw('q', 1).op('(').text("norm.weight");
        pickle.tensor("FloatStorage", "0", 6, 0, new long[] {2, 3}, new long[] {3, 1})
                .text("norm.bias");
        pickle.tensor("HalfStorage", "1", 4, 1, new long[] {2}, new long[] {2})
                .op('u')
                .op('}')
                .op('b');
        pickle.text("args")
                .global("argparse", "Namespace")
                .op(')')
                .raw(0x81)
                .op('}')
                .text("lr");
        return pickle.op('N').op('s').op('b').text("epoch").integer(5).op('u').end();
    }

    private static PthFile archive(byte[] pickle) {
        return PthFile.of(pickle)
                .with("data/0", PthFile.floats(1, 2, 3, 4, 5, 6))
                .with("data/1", new byte[] {0, 60, 0, 61, 0, 62, 0, 63})
                .with("byteorder", "little".getBytes(StandardCharsets.US_ASCII));
    }

    private static final Map<String, float[]> VALUES =
            Map.of("norm.weight", new float[] {1, 2, 3, 4, 5, 6}, "norm.bias", new float[] {1.25f, 1.75f});

    private static byte[] safetensors(Random random) {
        String header = "{\"__metadata__\":{\"format\":\"pt\"},\"norm.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],"
                + "\"data_offsets\":[0,24]},\"norm.bias\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[24,32]}}";
        if (random.nextBoolean()) {
            return Mutations.of(HostileFiles.safetensors(header, 32), random);
        }
        byte[] json = Mutations.of(header.getBytes(StandardCharsets.UTF_8), random);
        return HostileFiles.safetensors(new String(json, StandardCharsets.ISO_8859_1), 32);
    }

    private void attempt(String name, byte[] contents, Expected expected) throws IOException {
        Path file = Files.write(directory.resolve("mutated"), contents);
        if (!attempt(name, file, expected)) {
            Files.copy(file, directory.resolve("broken-" + broken));
        }
    }

    private boolean attempt(String name, Path file, Expected expected) {
        long begun = System.nanoTime();
        String problem = problem(file, expected);
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (seconds > slowest) {
            slowest = seconds;
            slowestName = name;
        }
        if (seconds > MOST_SECONDS) {
            problem = "took " + seconds + " s";
        }
        if (!problem.isEmpty()) {
            broken++;
            System.out.println(name + ": " + problem);
        }
        return problem.isEmpty();
    }

    /** What promise was broken; empty when none was. */
    private String problem(Path file, Expected expected) {
        Map<String, float[]> values = new LinkedHashMap<>();
        try (ForeignCheckpoint opened = ForeignCheckpoint.open(file)) {
            opened.tensors().forEach((name, tensor) -> values.put(name, opened.values(tensor)));
        } catch (HarnessException e) {
            refused++;
            boolean oneLine = e.kind() == HarnessException.Kind.CHECKPOINT
                    && e.getMessage().length() < 600
                    && e.getMessage().chars().noneMatch(Character::isISOControl);
            return oneLine ? "" : "is refused with " + e.kind() + " " + e.getMessage();
        } catch (RuntimeException | Error e) {
            List<String> where = new ArrayList<>();
            Arrays.stream(e.getStackTrace()).limit(4).forEach(frame -> where.add(frame.toString()));
            return "ends with " + e + " " + where;
        }
        read++;
        return switch (expected) {
            case REFUSAL -> "is read";
            case REFUSAL_OR_SAME_VALUES -> same(values) ? "" : "is read with other values: " + values.keySet();
            case REFUSAL_OR_ANY_VALUES -> "";
        };
    }

    private static boolean same(Map<String, float[]> values) {
        return values.keySet().equals(VALUES.keySet())
                && VALUES.entrySet().stream()
                        .allMatch(entry -> Arrays.equals(entry.getValue(), values.get(entry.getKey())));
    }
}
