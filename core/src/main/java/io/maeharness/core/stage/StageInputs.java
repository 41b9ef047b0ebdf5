package io.maeharness.core.stage;

import io.maeharness.core.config.DataSettings;
import io.maeharness.core.config.ModelSettings;
import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.Settings;
import io.maeharness.core.data.Split;
import java.util.Map;

/**
 * What the stages of one case and one seed are made from.
 *
 * <p>A stage holds only what matters to it, so that cases share whatever they have in common; the methods cut the settings
 * down to that.
 *
 * @param settings of the case
 * @param data images, identified by content
 * @param seed seed of every random draw
 * @param precision number format
 */
public record StageInputs(Settings settings, DataIdentity data, long seed, Precision precision) {
    /** Checks that the images are those that the settings ask for. */
    public StageInputs {
        if (!data.settings().equals(settings.data())) {
            throw new IllegalArgumentException("the images are those of " + data.settings() + ", but the settings ask"
                    + " for " + settings.data() + "; identify the data set again");
        }
    }

    /** The same case with other settings, which do not touch the images. */
    public StageInputs with(Map<String, String> changes) {
        return new StageInputs(Overrides.apply(settings, changes), data, seed, precision);
    }

    /** The same case with its accuracies measured on the validation split, for choices made by looking at a number. */
    public StageInputs onValidation() {
        Settings held = Overrides.apply(settings, Map.of("data.evaluateOn", Split.VALIDATION.key()));
        return new StageInputs(held, new DataIdentity(held.data(), data.digest()), seed, precision);
    }

    /**
     * The images of a stage that looks at training images alone: the same stage whatever is evaluated afterwards, so that
     * a choice made on the validation split and the result on the test split share it.
     */
    public DataIdentity trainingImages() {
        DataSettings images = data.settings();
        return new DataIdentity(
                new DataSettings(
                        images.dataset(),
                        images.validationShare(),
                        images.trainLimit(),
                        0,
                        Split.TEST,
                        images.skipDamaged()),
                data.digest());
    }

    /** The model with the smallest decoder, the same whatever decoder the settings name. */
    public ModelSettings encoderOnly() {
        return settings.model().encoderOnly();
    }

    /** A model of which only the grid of patches matters. */
    public ModelSettings patchesOnly() {
        return ModelSettings.patchesOnly(
                settings.model().imageSize(), settings.model().patchSize());
    }

    /** A model of which only the size of the image matters. */
    public ModelSettings imageOnly() {
        return ModelSettings.patchesOnly(
                settings.model().imageSize(), settings.model().imageSize());
    }
}
