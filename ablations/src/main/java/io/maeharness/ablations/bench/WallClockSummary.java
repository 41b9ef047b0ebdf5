package io.maeharness.ablations.bench;

import io.maeharness.ablations.bench.WallClockStage.Quantity;
import io.maeharness.ablations.bench.WallClockStage.Variant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the times of all processes amount to.
 *
 * @param stage what was timed
 * @param times one for each block and variant
 */
record WallClockSummary(WallClockStage stage, List<ForkTime> times) {
    /** Epochs of the paper's table 2. */
    static final int EPOCHS = 800;

    /** Training images of ImageNet-1K. */
    static final int IMAGENET_IMAGES = 1_281_167;

    private static final double SECONDS_AN_HOUR = 3600;
    private static final double MILLI = 1e3;
    private static final double GIGA = 1e9;
    private static final double FLOPS_A_MAC = 2;

    /** Copies the list. */
    WallClockSummary {
        times = List.copyOf(times);
    }

    /** The stage's metrics. */
    Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (Variant variant : Variant.values()) {
            for (Quantity quantity : Quantity.values()) {
                metrics.put(WallClockStage.metric(variant, quantity), value(variant, quantity));
            }
        }
        return metrics;
    }

    private double value(Variant variant, Quantity quantity) {
        return switch (quantity) {
            case MILLISECONDS -> MILLI * imageSeconds(variant);
            case SPREAD -> MILLI * range(blocks(variant));
            case SPEEDUP -> imageSeconds(Variant.MASK_TOKENS) / imageSeconds(variant);
            case HOURS -> imagenetHours(imageSeconds(variant));
        };
    }

    /** Median over the blocks, seconds. */
    double imageSeconds(Variant variant) {
        return median(blocks(variant));
    }

    private double[] blocks(Variant variant) {
        return of(variant).stream().mapToDouble(ForkTime::imageSeconds).toArray();
    }

    private List<ForkTime> of(Variant variant) {
        return times.stream().filter(time -> time.variant() == variant).toList();
    }

    /** Hours that the paper's 800 epochs of ImageNet-1K would take: extrapolated. */
    static double imagenetHours(double imageSeconds) {
        return imageSeconds * EPOCHS * IMAGENET_IMAGES / SECONDS_AN_HOUR;
    }

    /** The middle one, or the mean of the two in the middle. */
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Largest less smallest. */
    static double range(double... values) {
        return Arrays.stream(values).max().orElseThrow()
                - Arrays.stream(values).min().orElseThrow();
    }

    /** Images that were measured. */
    long imagesSeen() {
        return times.stream().mapToLong(time -> time.rounds() * time.images()).sum();
    }

    /** What a reader of the provenance needs to judge the times. */
    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("images", "Gaussian noise, in memory");
        facts.put("images a round", Integer.toString(times.get(0).images()));
        facts.put("threads", "1");
        facts.put("load of the machine, by process", joined(times, time -> format("%.1f", time.load())));
        for (Variant variant : Variant.values()) {
            facts.put(
                    variant.key() + ": seconds a round, by block (rounds)",
                    joined(of(variant), time -> format("%.4g (%d)", time.roundSeconds(), time.rounds())));
            facts.put(
                    variant.key() + ": GFLOP/s",
                    format("%.1f", FLOPS_A_MAC * stage.macsOfImage(variant) / GIGA / imageSeconds(variant)));
        }
        return facts;
    }

    private static String joined(List<ForkTime> of, Function<ForkTime, String> text) {
        return of.stream().map(text).collect(Collectors.joining(", "));
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
