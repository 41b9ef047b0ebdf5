package io.maeharness.ablations.run;

import io.maeharness.ablations.plan.PlannedStage;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * How long stages take: the measured pace of finished and running stages of the same kind, else of all, else a
 * calibration. The pace is seconds a multiply-accumulate.
 */
public final class Estimate {
    private static final String ANY = "any";

    private final OptionalDouble calibration;
    private final Map<String, Pace> paces = new HashMap<>();
    private final Map<String, Observed> running = new HashMap<>();

    /**
     * An estimate that has seen no stage yet.
     *
     * @param secondsPerMac of a short calibration; empty without one
     */
    public Estimate(OptionalDouble secondsPerMac) {
        this.calibration = secondsPerMac;
    }

    /** Learns from a finished stage; one that measures for a given time says nothing of the pace. */
    public void learn(PlannedStage stage, double seconds) {
        running.remove(stage.hash());
        if (stage.stage().leastSeconds().isPresent()) {
            return;
        }
        Pace measured = new Pace(seconds, stage.macs());
        if (measured.macs() == 0) {
            return; // An imported model says nothing of the pace.
        }
        paces.merge(stage.stage().kind(), measured, Pace::plus);
        paces.merge(ANY, measured, Pace::plus);
    }

    /**
     * Learns from a stage in progress; replaces what it told before.
     *
     * @param share part of the stage that was timed, in (0, 1]
     * @param seconds it took
     */
    public void observe(PlannedStage stage, double share, double seconds) {
        double macs = share * stage.macs();
        if (stage.stage().leastSeconds().isEmpty() && macs > 0) {
            running.put(stage.hash(), new Observed(stage.stage().kind(), new Pace(seconds, macs)));
        }
    }

    /** Whether a stage has been measured, as a whole or in part. */
    public boolean hasMeasured() {
        return !paces.isEmpty() || !running.isEmpty();
    }

    /** Seconds a stage takes from its beginning; empty as long as nothing is known. */
    public OptionalDouble seconds(PlannedStage stage) {
        OptionalDouble computing = computingSeconds(stage);
        OptionalDouble least = stage.stage().leastSeconds();
        return least.isPresent() ? OptionalDouble.of(Math.max(least.getAsDouble(), computing.orElse(0))) : computing;
    }

    private OptionalDouble computingSeconds(PlannedStage stage) {
        Optional<Pace> pace = pace(stage.stage().kind()).or(() -> pace(ANY));
        OptionalDouble secondsPerMac =
                pace.map(known -> OptionalDouble.of(known.secondsPerMac())).orElse(calibration);
        return secondsPerMac.isPresent()
                ? OptionalDouble.of(secondsPerMac.getAsDouble() * stage.macs())
                : OptionalDouble.empty();
    }

    private Optional<Pace> pace(String kind) {
        Stream<Pace> observed = running.values().stream()
                .filter(stage -> kind.equals(ANY) || kind.equals(stage.kind()))
                .map(Observed::pace);
        return Stream.concat(Stream.ofNullable(paces.get(kind)), observed).reduce(Pace::plus);
    }

    /**
     * Time until all stages are done, shared evenly among the workers; a stage waits for the one it starts from, and those
     * that must run alone are not shared.
     *
     * @param open stages that are not finished, each after the one it starts from
     * @param doneShare what part of a stage in progress is done, 0 to 1, by hash
     * @return empty as long as nothing is known
     */
    public Optional<Duration> remaining(Collection<PlannedStage> open, Map<String, Double> doneShare, int workers) {
        double sum = 0;
        double alone = 0;
        Map<String, Double> chains = new HashMap<>();
        for (PlannedStage stage : open) {
            OptionalDouble whole = seconds(stage);
            if (whole.isEmpty()) {
                return Optional.empty();
            }
            double left = whole.getAsDouble() * (1 - doneShare.getOrDefault(stage.hash(), 0.0));
            if (stage.stage().exclusive()) {
                alone += left;
            } else {
                sum += left;
                chains.put(stage.hash(), left + stage.parent().map(chains::get).orElse(0.0));
            }
        }
        double longest =
                chains.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return Optional.of(Duration.ofMillis(Math.round(1000 * (alone + Math.max(longest, sum / workers)))));
    }

    private record Observed(String kind, Pace pace) {}

    private record Pace(double seconds, double macs) {
        Pace plus(Pace other) {
            return new Pace(seconds + other.seconds, macs + other.macs);
        }

        double secondsPerMac() {
            return seconds / macs;
        }
    }
}
