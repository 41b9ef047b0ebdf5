package io.maeharness.ablations.plan;

import io.maeharness.ablations.stages.ImportedEncoder;
import io.maeharness.ablations.stages.SuppliedModel;
import io.maeharness.core.config.DataSettings;
import io.maeharness.core.config.Settings;
import io.maeharness.core.device.DeviceKind;
import io.maeharness.core.error.InvalidSettingException;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Precision;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * What all cases of a plan have in common.
 *
 * @param settings the profile: the default that cases differ from
 * @param images identifies the images that settings ask for; called once for each distinct data section
 * @param precision number format, already resolved from {@code auto}
 * @param device what computes: stages that measure time depend on it
 * @param seeds distinct seeds each case is measured with, in order
 * @param imported a model in place of the pre-training of the rows that take one
 * @param supplied a tokenizer in place of one that is trained on the images
 */
public record PlanRequest(
        Settings settings,
        Function<DataSettings, ImageFacts> images,
        Precision precision,
        DeviceKind device,
        List<Long> seeds,
        Optional<ImportedEncoder> imported,
        Optional<SuppliedModel> supplied) {
    /** A plan for the processor that pre-trains everything here. */
    public PlanRequest(
            Settings settings, Function<DataSettings, ImageFacts> images, Precision precision, List<Long> seeds) {
        this(settings, images, precision, DeviceKind.CPU, seeds, Optional.empty(), Optional.empty());
    }

    /** Checks that there are seeds and that they are distinct. */
    public PlanRequest {
        seeds = List.copyOf(seeds);
        if (seeds.isEmpty() || seeds.stream().distinct().count() != seeds.size()) {
            throw new InvalidSettingException("a plan needs one or more distinct seeds, got " + seeds);
        }
    }

    /**
     * So many seeds that follow each other.
     *
     * @throws InvalidSettingException when {@code count} is below 1
     */
    public static List<Long> seeds(int first, int count) {
        if (count < 1) {
            throw new InvalidSettingException("the number of seeds must be at least 1, got " + count);
        }
        return LongStream.range(first, (long) first + count).boxed().toList();
    }
}
