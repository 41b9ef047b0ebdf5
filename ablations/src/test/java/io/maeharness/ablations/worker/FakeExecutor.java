package io.maeharness.ablations.worker;

import io.maeharness.baselines.tokenizer.TokenizerFile;
import io.maeharness.baselines.tokenizer.TrainedTokenizerStage;
import io.maeharness.core.checkpoint.FinishedWeights;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.pretrain.PretrainStage;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageEnvironment;
import io.maeharness.core.stage.StageExecutor;
import io.maeharness.core.stage.StageHash;
import io.maeharness.core.stage.StageInterruptedException;
import io.maeharness.core.stage.StageOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes nothing, but as the real one does: in steps, with checkpoints, from the parent's weights, and with a result
 * that depends on every step. System properties {@code mae.fake.*} and certain mask ratios make it misbehave.
 */
public final class FakeExecutor implements StageExecutor {
    /** A pre-training with this mask ratio fails. */
    public static final double FAILING_RATIO = 0.11;

    /** A pre-training with this mask ratio ends its process. */
    public static final double DEADLY_RATIO = 0.12;

    /** A pre-training with this mask ratio finds the disk full. */
    public static final double DISK_RATIO = 0.13;

    /** A pre-training with this mask ratio yields a loss that is no number. */
    public static final double NAN_RATIO = 0.14;

    private static final int STEPS = 20;
    private static final int CHECKPOINT_STEPS = 4;

    @Override
    public StageOutcome execute(Stage stage, StageEnvironment environment) {
        Path directory = environment.directoryOf(stage);
        long parent = stage.parent().map(p -> weights(environment, p)).orElse(0L);
        misbehave(stage);
        long[] state =
                resume(directory.resolve("checkpoint"), StageHash.of(stage).hashCode() + parent);
        environment.progress().started(state[0], STEPS);
        while (state[0] < STEPS) {
            if (environment.stopRequested().getAsBoolean()) {
                save(directory.resolve("checkpoint"), state);
                throw new StageInterruptedException(state[0]);
            }
            step(state, environment);
            if (state[0] % CHECKPOINT_STEPS == 0) {
                save(directory.resolve("checkpoint"), state);
            }
        }
        environment.progress().phase("evaluating");
        System.out.println("what the executor prints goes to the log");
        replace(directory.resolve("weights"), Long.toString(state[1]));
        replace(directory.resolve(FinishedWeights.FILE), "the weights");
        if (stage instanceof TrainedTokenizerStage) {
            replace(directory.resolve(TokenizerFile.NAME), "the words");
        }
        return new StageOutcome(metrics(stage, state[1]), STEPS, 1, STEPS, Map.of("fake", "yes"));
    }

    private static void step(long[] state, StageEnvironment environment) {
        sleep(Long.getLong("mae.fake.stepMillis", 0));
        state[0]++;
        state[1] = state[1] * 6364136223846793005L + state[0];
        environment.progress().step(state[0], state[0] / 5.0, 1.0 / state[0], 1e-3, 100);
    }

    private static Map<String, Double> metrics(Stage stage, long state) {
        Map<String, Double> metrics = new HashMap<>();
        for (String metric : stage.metrics()) {
            metrics.put(metric, Math.floorMod(state ^ metric.hashCode(), 10_000L) / 100.0);
        }
        if (ratio(stage) == NAN_RATIO) {
            metrics.put("loss", Double.NaN);
        }
        return metrics;
    }

    private static double ratio(Stage stage) {
        return stage instanceof PretrainStage pretrain
                ? pretrain.recipe().maskRatio().value()
                : 0;
    }

    private static void misbehave(Stage stage) {
        if (ratio(stage) == FAILING_RATIO) {
            throw new HarnessException(HarnessException.Kind.STAGE_FAILED, "loss is NaN at step 3");
        }
        if (ratio(stage) == DISK_RATIO) {
            throw new HarnessException(HarnessException.Kind.DISK, "no space left while writing a checkpoint");
        }
        if (ratio(stage) == DEADLY_RATIO) {
            Runtime.getRuntime().halt(134);
        }
    }

    private static long weights(StageEnvironment environment, Stage parent) {
        Path directory = environment.directoryOf(parent);
        read(directory.resolve(FinishedWeights.FILE));
        return Long.parseLong(read(directory.resolve("weights")));
    }

    private static long[] resume(Path checkpoint, long seed) {
        if (!Files.exists(checkpoint)) {
            return new long[] {0, seed};
        }
        List<String> parts = List.of(read(checkpoint).split(" ", -1));
        return new long[] {Long.parseLong(parts.get(0)), Long.parseLong(parts.get(1))};
    }

    private static void save(Path checkpoint, long[] state) {
        replace(checkpoint, state[0] + " " + state[1]);
    }

    /** Atomic, but not forced to the device: a test kills processes, not machines. */
    private static void replace(Path file, String contents) {
        try {
            Path temporary = Files.writeString(file.resolveSibling(file.getFileName() + ".tmp"), contents);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
