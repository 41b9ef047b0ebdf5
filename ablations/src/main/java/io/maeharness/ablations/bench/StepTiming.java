package io.maeharness.ablations.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.maeharness.results.StoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Median times of a step and of matrix products, taken in turn by one process, so that what the machine does besides slows
 * both.
 *
 * @param stepSeconds of a step
 * @param productSeconds of an invocation of products
 */
public record StepTiming(double stepSeconds, double productSeconds) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double NANO = 1e-9;
    private static final double WARM_SECONDS = 0.8;
    private static final double SECONDS = 2.5;
    private static final int FEWEST = 3;

    /** Checks that time has passed. */
    public StepTiming {
        if (!(stepSeconds > 0 && productSeconds > 0)) {
            throw new IllegalArgumentException(
                    "a step and a product take time, got " + stepSeconds + " s and " + productSeconds + " s");
        }
    }

    /**
     * Times both after both are warm.
     *
     * @param nanos a clock
     */
    static StepTiming of(TimedStep step, TimedStep product, LongSupplier nanos) {
        List<Double> steps = new ArrayList<>();
        List<Double> products = new ArrayList<>();
        double begun = NANO * nanos.getAsLong();
        int warm = 0;
        while (NANO * nanos.getAsLong() - begun < WARM_SECONDS + SECONDS || steps.size() < FEWEST) {
            double first = seconds(step, nanos);
            double second = seconds(product, nanos);
            boolean isWarm = warm++ > 0 && NANO * nanos.getAsLong() - begun > WARM_SECONDS;
            if (isWarm) {
                steps.add(first);
                products.add(second);
            }
        }
        return new StepTiming(median(steps), median(products));
    }

    private static double seconds(TimedStep step, LongSupplier nanos) {
        long begun = nanos.getAsLong();
        step.run();
        return NANO * (nanos.getAsLong() - begun);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Leaves the times where {@link #read} finds them. */
    void write(Path file) throws IOException {
        StoreFile.write(file, JSON.writeValueAsString(this));
    }

    /**
     * The times that a process left.
     *
     * @throws IOException when there are none
     */
    public static StepTiming read(Path file) throws IOException {
        return JSON.readValue(Files.readString(file), StepTiming.class);
    }
}
