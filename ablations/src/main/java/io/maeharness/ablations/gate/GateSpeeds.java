package io.maeharness.ablations.gate;

import io.maeharness.ablations.bench.SpeedSubject;
import io.maeharness.ablations.bench.StepTiming;
import io.maeharness.ablations.bench.StepTimingProcess;
import io.maeharness.ablations.worker.WorkerCommand;
import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.Settings;
import io.maeharness.core.device.Processor;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.stage.Precision;
import io.maeharness.files.FileProblem;
import io.maeharness.files.Sha256;
import io.maeharness.results.gate.StepSpeed;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Measures how fast this machine does the steps that the gate follows, each in several processes of its own: one of every
 * step, then the next of every step, so that a slow minute slows them all.
 *
 * @param steps what is timed, by the name of the stage
 */
public record GateSpeeds(Map<String, SpeedSubject> steps) {
    /** Processes a step, unless the machine is slow. */
    public static final int PROCESSES = 5;

    /** The fewest processes, however slow the machine is. */
    private static final int FEWEST = 3;

    /** No round is begun that would end later, seconds. */
    private static final double LAST_END = 130;

    private static final long LONGEST_PROCESS = 120;
    private static final int DIGITS = 12;
    private static final double GIGA = 1e9;
    private static final double NANO = 1e-9;

    /** The work of a step of a profile is cut to this, so that it takes no more than seconds anywhere, FLOPs. */
    private static final double MOST_FLOPS = 1e11;

    /** Keeps the order of the steps. */
    public GateSpeeds {
        steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    }

    /**
     * The steps of a profile: pre-training, the same with mask tokens in the encoder, fine-tuning, and frozen features.
     *
     * @param channels of its images
     */
    public static GateSpeeds of(Settings settings, int channels, Precision precision) {
        Settings masked = Overrides.apply(settings, Map.of("pretrain.encoderMaskTokens", "true"));
        int micro = settings.pretrain().schedule().microBatch();
        int tuned = settings.finetune().schedule().microBatch();
        int features = SpeedSubject.featureBatch(settings.model().imageSize());
        Map<String, SpeedSubject> steps = new LinkedHashMap<>();
        steps.put("pretrain", subject(SpeedSubject.Work.PRETRAIN, settings, channels, micro, precision));
        steps.put("pretrain-mask-tokens", subject(SpeedSubject.Work.PRETRAIN, masked, channels, micro, precision));
        steps.put("finetune", subject(SpeedSubject.Work.FINETUNE, settings, channels, tuned, precision));
        steps.put("features", subject(SpeedSubject.Work.FEATURES, settings, channels, features, precision));
        return new GateSpeeds(steps);
    }

    private static SpeedSubject subject(
            SpeedSubject.Work work, Settings settings, int channels, int batch, Precision precision) {
        SpeedSubject one =
                new SpeedSubject(work, settings.name(), settings.model(), settings.pretrain(), channels, 1, precision);
        return one.withBatch((int) Math.max(1, Math.min(batch, MOST_FLOPS / one.imageFlops())));
    }

    /** Processor and what of it the engine uses, as the reference names it. */
    public static String processor() {
        return Processor.current().instructions(System.getenv());
    }

    /** Name of the work of a step: another model, batch or precision is another one. */
    static String work(SpeedSubject subject) {
        return Sha256.of(subject.toJson()).substring(0, DIGITS);
    }

    /**
     * Measures; says on a line a round how far it is.
     *
     * @throws HarnessException of kind STAGE_FAILED when a process fails or hangs
     */
    public List<StepSpeed> measure(PrintWriter out) {
        List<StepSpeed> speeds = new ArrayList<>();
        long begun = System.nanoTime();
        for (int round = 0; round < PROCESSES; round++) {
            double elapsed = NANO * (System.nanoTime() - begun);
            if (round >= FEWEST && elapsed * (round + 1) / round > LAST_END) {
                out.printf("this machine is slow: %d of %d processes a step%n", round, PROCESSES);
                break;
            }
            for (Map.Entry<String, SpeedSubject> step : steps.entrySet()) {
                speeds.add(speed(step.getKey(), step.getValue(), round));
            }
            double now = NANO * (System.nanoTime() - begun);
            out.printf(
                    Locale.ROOT,
                    "%d of %d processes a step, about %.0f s left%n",
                    round + 1,
                    PROCESSES,
                    now / (round + 1) * (PROCESSES - round - 1));
            out.flush();
        }
        return speeds;
    }

    static StepSpeed speed(String stage, SpeedSubject subject, int process) {
        StepTiming timing = timing(subject);
        return new StepSpeed(
                stage,
                work(subject),
                subject.format(),
                processor(),
                process,
                subject.batch() / timing.stepSeconds(),
                StepTimingProcess.productFlops() / timing.productSeconds() / GIGA,
                others());
    }

    private static double others() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return Math.max(0, load - 1) / Runtime.getRuntime().availableProcessors();
    }

    private static StepTiming timing(SpeedSubject subject) {
        Path file = null;
        try {
            file = Files.createTempFile("mae-speed", ".json");
            Process process = WorkerCommand.of(StepTimingProcess.class)
                    .foreground(subject.toJson(), file.toString())
                    .start();
            if (!process.waitFor(LONGEST_PROCESS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw failed("did not end within " + LONGEST_PROCESS + " s");
            }
            if (process.exitValue() != 0) {
                throw failed("ended with code " + process.exitValue());
            }
            return StepTiming.read(file);
        } catch (IOException e) {
            throw new HarnessException(
                    Kind.STAGE_FAILED, "the measurement of a step cannot be run: " + FileProblem.inWords(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException(Kind.INTERRUPTED, "the measurement of speed was interrupted", e);
        } finally {
            delete(file);
        }
    }

    private static HarnessException failed(String how) {
        return new HarnessException(
                Kind.STAGE_FAILED, "the measurement of a step " + how + "; ./mae doctor says what this machine lacks");
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // A file of a few bytes among the system's temporary ones is not worth failing for.
            file.toFile().deleteOnExit();
        }
    }
}
