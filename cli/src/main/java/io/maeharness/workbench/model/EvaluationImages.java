package io.maeharness.workbench.model;

import io.maeharness.core.config.DataSettings;
import io.maeharness.core.config.Overrides;
import io.maeharness.core.config.Settings;
import io.maeharness.core.data.DataSource;
import io.maeharness.core.data.Split;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.stage.StageData;
import io.maeharness.workbench.ImageSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The images that a model file is evaluated on.
 *
 * @param profile whose evaluation images they are where nothing is named
 * @param named a data set, or the directory of an image folder, all of whose test images are taken
 * @param images where the images of a data set are
 */
public record EvaluationImages(Settings profile, Optional<String> named, ImageSource images) {
    /**
     * Opens them.
     *
     * @throws HarnessException of kind USAGE for a name that is neither a data set nor a directory, DATA for missing images
     */
    public StageData open() {
        if (named.isEmpty()) {
            return images.open(profile.data());
        }
        return images.test(settings(named.get()), isDirectory() ? named.map(Path::of) : Optional.empty());
    }

    private DataSettings settings(String written) {
        String name = isDirectory() ? DataSource.IMAGE_FOLDER.key() : known(written);
        return Overrides.apply(
                        profile,
                        Map.of("data.dataset", name, "data.testLimit", "0", "data.evaluateOn", Split.TEST.key()))
                .data();
    }

    private static String known(String name) {
        if (!DataSource.keys().contains(name)) {
            throw new HarnessException(
                    Kind.USAGE,
                    "--data takes " + String.join(", ", DataSource.keys())
                            + " or the directory of an image folder, got '" + name + "', which is neither");
        }
        return name;
    }

    private boolean isDirectory() {
        return named.isPresent() && Files.isDirectory(Path.of(named.get()));
    }
}
