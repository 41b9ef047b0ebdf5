package io.maeharness.ablations.worker;

import io.maeharness.core.stage.StageProgress;
import io.maeharness.results.LossCurve;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Hears how a stage goes: sends it on a few times a second, and writes the loss curve.
 *
 * <p>The curve is written here and not by the coordinator so that no point is missing when that one is killed.
 */
final class StageReporter implements StageProgress, AutoCloseable {
    private static final long SEND_NANOS = 200_000_000;
    private static final long MOST_POINTS = 5_000;

    private final Path curveFile;
    private final StageClock clock;
    private final Consumer<WorkerMessage> send;
    private LossCurve curve;
    private long firstStep;
    private long every = 1;
    private double lossSum;
    private int losses;
    private long sent;

    StageReporter(Path curveFile, StageClock clock, Consumer<WorkerMessage> send) {
        this.curveFile = curveFile;
        this.clock = clock;
        this.send = send;
    }

    @Override
    public void started(long first, long total) {
        firstStep = first;
        every = Math.max(1, (total + MOST_POINTS - 1) / MOST_POINTS);
        send.accept(new WorkerMessage.Started(first, total));
    }

    @Override
    public void step(long step, double epoch, double loss, double learningRate, double imagesPerSecond) {
        clock.tick();
        lossSum += loss;
        losses++;
        if (step % every == 0) {
            curve().append(new LossCurve.Point(step, epoch, lossSum / losses, learningRate, imagesPerSecond));
            lossSum = 0;
            losses = 0;
        }
        long now = System.nanoTime();
        if (sent == 0 || now - sent >= SEND_NANOS) {
            sent = now;
            send.accept(new WorkerMessage.Step(step, epoch, loss, imagesPerSecond));
        }
    }

    @Override
    public void checkpointing() {
        if (curve != null) {
            curve.force();
        }
    }

    @Override
    public void phase(String what) {
        clock.tick();
        send.accept(new WorkerMessage.Phase(what));
    }

    /** Opened at the first step: a stage without steps has no curve. Points past the checkpoint are drawn anew. */
    private LossCurve curve() {
        if (curve == null) {
            curve = LossCurve.resume(curveFile, firstStep + 1);
        }
        return curve;
    }

    @Override
    public void close() {
        if (curve != null) {
            curve.close();
        }
    }
}
