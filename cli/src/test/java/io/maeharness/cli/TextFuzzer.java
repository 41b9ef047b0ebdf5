package io.maeharness.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maeharness.ablations.worker.FinishedStages;
import io.maeharness.ablations.worker.HolderFile;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.core.config.ProfileLoader;
import io.maeharness.core.error.HarnessException;
import io.maeharness.reporting.Pictures;
import io.maeharness.results.LossCurve;
import io.maeharness.results.ProvenanceStore;
import io.maeharness.results.ResultCsv;
import io.maeharness.results.ResultStoreException;
import io.maeharness.results.claims.LookLedger;
import io.maeharness.results.gate.GoldenCurveFile;
import io.maeharness.results.gate.StepSpeedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Changes bytes of every kind of text that the harness reads and has it read: each file is read, or refused in one line of
 * the exceptions that have one. Usage: {@code TextFuzzer DIRECTORY MUTATIONS SEED}, in a JVM whose memory is the limit.
 */
public final class TextFuzzer {
    private static final double MOST_SECONDS = 2;
    private static final String OUTCOME = "stages/0123456789abcdef/outcome.json";
    private static final List<String> PIECES = List.of(
            "\"",
            ",",
            "\n",
            "\r",
            "\u0000",
            "\u001b[2J",
            "{",
            "}",
            "[",
            "]",
            ":",
            "- ",
            "&a",
            "*a",
            "!!int ",
            "NaN",
            "-1",
            "1e999",
            "99999999999999999999",
            "null",
            "true",
            "\t",
            "\ufeff",
            "\u202e",
            "%",
            "#",
            "|",
            ">",
            "<<: ",
            "=1+1");

    /** What takes the place of all of a file. */
    private static final List<String> WHOLE = List.of("null", "{}", "[]", "[null]", "7", "\"text\"", "true", "", "\n");

    private final Path directory;
    private final List<Kind> kinds;
    private int read;
    private int refused;
    private int broken;
    private double slowest;

    private TextFuzzer(Path directory) {
        this.directory = directory;
        Path reference = Path.of("..", "results", "reference", "gate");
        Path published = Path.of("..", "results", "published", "quick");
        this.kinds = List.of(
                new Kind("mine.yaml", PROFILE, file -> ProfileLoader.load(file.toString())),
                new Kind("results.csv", head(reference.resolve("results.csv")), ResultCsv::read),
                new Kind("curves.csv", head(reference.resolve("curves.csv")), GoldenCurveFile::read),
                new Kind("speed.csv", head(reference.resolve("speed.csv")), StepSpeedFile::read),
                new Kind("loss.csv", CURVE, LossCurve::read),
                new Kind(
                        LookLedger.FILE_NAME,
                        head(first(published, LookLedger.FILE_NAME)),
                        file -> LookLedger.in(List.of(file.getParent()))),
                new Kind(
                        "record.json",
                        head(first(reference.resolve("provenance"), ".json")),
                        file -> new ProvenanceStore(file.getParent()).read("record")),
                new Kind(Pictures.FILE_NAME, PICTURES, file -> Pictures.read(file.getParent())),
                new Kind(
                        OUTCOME,
                        outcome(first(published, ".json")),
                        file -> FinishedStages.in(
                                new OutputDirectory(file.getParent().getParent().getParent()))),
                new Kind("stage.holder", HOLDER, TextFuzzer::take));
    }

    private static final String PROFILE =
            """
            extends: smoke
            name: mine
            # a comment
            pretrain:
              maskRatio: 0.5
              schedule:
                epochs: 3
                batchSize: 72
            finetune:
              adam: {weightDecay: 0.05, beta2: 0.999}
            knn:
              neighbours: 10
            """;

    private static final String HOLDER = "process 1 on nowhere";

    private static final String CURVE =
            """
            step,epoch,loss,learningRate,imagesPerSecond
            1,0.1,0.9,0.001,100.0
            2,0.2,0.8,0.001,101.5
            """;

    private static final String PICTURES =
            """
            [ { "file" : "a.png", "title" : "A", "caption" : "of a" }, { "file" : "b.png", "title" : "B", "caption" : "b" } ]
            """;

    private static void take(Path file) {
        try {
            HolderFile.take(file).ifPresent(HolderFile::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a stage left in its directory, made of its published record. */
    private static String outcome(Path published) {
        try {
            ObjectNode provenance = (ObjectNode) new ObjectMapper().readTree(published.toFile());
            JsonNode outcome = provenance.remove("outcome");
            ObjectNode record = provenance.objectNode();
            record.set("outcome", outcome);
            record.set("provenance", provenance);
            return record.toPrettyString();
        } catch (IOException e) {
            throw new IllegalStateException(published + " cannot be read", e);
        }
    }

    private record Kind(String name, String text, Reader reader) {}

    @FunctionalInterface
    private interface Reader {
        void read(Path file);
    }

    /** Runs; the exit code is 0 when every promise was kept. */
    public static void main(String[] arguments) throws IOException {
        System.exit(run(Path.of(arguments[0]), Integer.parseInt(arguments[1]), Long.parseLong(arguments[2])) ? 0 : 1);
    }

    /** Reads that many changed files; prints the counts, and what is wrong, and returns whether nothing is. */
    static boolean run(Path directory, int mutations, long seed) throws IOException {
        TextFuzzer fuzzer = new TextFuzzer(directory);
        Random random = new Random(seed);
        for (int i = 0; i < mutations; i++) {
            Kind kind = fuzzer.kinds.get(i % fuzzer.kinds.size());
            fuzzer.attempt(i, kind, mutated(kind.text(), random));
        }
        System.out.printf(
                "%d refused, %d read, %d broken promises; slowest %.3f s%n",
                fuzzer.refused, fuzzer.read, fuzzer.broken, fuzzer.slowest);
        return fuzzer.broken == 0;
    }

    private void attempt(int number, Kind kind, byte[] bytes) throws IOException {
        Path file = directory.resolve(kind.name());
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        long begun = System.nanoTime();
        String problem = problem(kind, file);
        double seconds = (System.nanoTime() - begun) / 1e9;
        slowest = Math.max(slowest, seconds);
        if (seconds > MOST_SECONDS) {
            problem = "took " + seconds + " s";
        }
        if (!problem.isEmpty()) {
            broken++;
            System.out.println(number + " " + kind.name() + ": " + problem);
            Files.write(directory.resolve(number + "-" + file.getFileName() + ".broken"), bytes);
        }
    }

    private String problem(Kind kind, Path file) {
        try {
            kind.reader().read(file);
            read++;
            return "";
        } catch (HarnessException | ResultStoreException e) {
            refused++;
            String line = e.getMessage();
            boolean good = line.length() < 1300
                    && line.chars().noneMatch(Character::isISOControl)
                    && line.equals(Failures.inWords(line));
            return good ? "" : "is refused with " + line;
        } catch (RuntimeException | Error e) {
            List<String> where = new ArrayList<>();
            Arrays.stream(e.getStackTrace()).limit(6).forEach(frame -> where.add(frame.toString()));
            return "ends with " + e + " " + where;
        }
    }

    private static byte[] mutated(String text, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(3); i >= 0; i--) {
            bytes = mutatedOnce(bytes, random);
        }
        return bytes;
    }

    private static byte[] mutatedOnce(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length + 1);
        int end = Math.min(bytes.length, at + random.nextInt(12));
        return switch (random.nextInt(8)) {
            case 5 -> WHOLE.get(random.nextInt(WHOLE.size())).getBytes(StandardCharsets.UTF_8);
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> spliced(bytes, at, end, new byte[0]);
            case 2 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
            case 3 -> spliced(bytes, at, end, new byte[] {(byte) random.nextInt(256)});
            case 4 ->
                spliced(bytes, at, at, repeated(PIECES.get(random.nextInt(PIECES.size())), 1 + random.nextInt(20_000)));
            default -> spliced(bytes, at, end, repeated(PIECES.get(random.nextInt(PIECES.size())), 1));
        };
    }

    private static byte[] repeated(String piece, int times) {
        return piece.repeat(times).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] piece) {
        byte[] result = Arrays.copyOf(bytes, from + piece.length + bytes.length - to);
        System.arraycopy(piece, 0, result, from, piece.length);
        System.arraycopy(bytes, to, result, from + piece.length, bytes.length - to);
        return result;
    }

    /** The first bytes of a file of the checkout, up to a whole line. */
    private static String head(Path file) {
        try {
            String text = Files.readString(file);
            return text.length() <= 4000 || file.toString().endsWith(".json")
                    ? text
                    : text.substring(0, text.indexOf('\n', 4000) + 1);
        } catch (IOException e) {
            throw new IllegalStateException(file + " is not there", e);
        }
    }

    private static Path first(Path directory, String ending) {
        try (var files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(directory + " is not there", e);
        }
    }
}
