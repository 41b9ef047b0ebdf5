package io.maeharness.workbench;

import io.maeharness.core.config.DataSettings;
import io.maeharness.core.data.DataRequest;
import io.maeharness.core.data.DataSource;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Stage;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where images lie, and what plans have to know of them: a data set is opened when it is first asked for, and once. */
final class ImageSource {
    private final Optional<Path> directory;
    private final Map<DataSettings, ImageFacts> known = new ConcurrentHashMap<>();

    /**
     * Images.
     *
     * @param directory where they lie, if the user says
     */
    ImageSource(Optional<Path> directory) {
        this.directory = directory.map(Path::toAbsolutePath);
    }

    /** Where they lie, if the user says. */
    Optional<Path> directory() {
        return directory;
    }

    /** Facts of the images that a stage would read; of the noise of one that reads none. */
    ImageFacts of(Stage stage) {
        return stage.data().settings().equals(DataSettings.NOISE)
                ? new ImageFacts(stage.data(), ImageFacts.NOISE_CHANNELS, 1, 1, 1)
                : of(stage.data().settings());
    }

    /** Facts of a data set, which is downloaded where it is missing. */
    ImageFacts of(DataSettings data) {
        return known.computeIfAbsent(data, wanted -> opened(wanted, true));
    }

    /** Facts of a data set that is there. */
    ImageFacts offline(DataSettings data) {
        return known.computeIfAbsent(data, wanted -> opened(wanted, false));
    }

    private ImageFacts opened(DataSettings data, boolean mayDownload) {
        DataRequest request = DataRequest.of(data.dataset())
                .withValidationShare(data.validationShare())
                .withAllowDownload(mayDownload);
        return ImageFacts.of(
                data, DataSource.open(directory.map(request::withDirectory).orElse(request)));
    }
}
