package io.maeharness.workbench;

import io.maeharness.core.config.DataSettings;
import io.maeharness.core.data.DataRequest;
import io.maeharness.core.data.DataSource;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** Where images lie, and what plans have to know of them: a data set is opened when it is first asked for, and once. */
final class ImageSource {
    private final Optional<Path> directory;
    private final boolean mayAssume;
    private final Map<DataSettings, ImageFacts> known = new ConcurrentHashMap<>();
    private final Set<String> assumed = new ConcurrentSkipListSet<>();

    /**
     * Images.
     *
     * @param directory where they lie, if the user says
     */
    ImageSource(Optional<Path> directory) {
        this(directory, false);
    }

    private ImageSource(Optional<Path> directory, boolean mayAssume) {
        this.directory = directory.map(Path::toAbsolutePath);
        this.mayAssume = mayAssume;
    }

    /** The same, for a forecast: nothing is downloaded, and where the user names no directory, published counts will do. */
    ImageSource assuming() {
        return new ImageSource(directory, true);
    }

    /** What was assumed, in words; empty where all images are here. */
    List<String> assumed() {
        return List.copyOf(assumed);
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
        return known.computeIfAbsent(data, wanted -> mayAssume ? foundOrAssumed(wanted) : opened(wanted, true));
    }

    private ImageFacts foundOrAssumed(DataSettings data) {
        Optional<AssumedImages> published = directory.isPresent() ? Optional.empty() : AssumedImages.of(data.dataset());
        try {
            return opened(data, false);
        } catch (HarnessException e) {
            AssumedImages instead = published
                    .filter(images -> e.kind() == HarnessException.Kind.DATA)
                    .orElseThrow(() -> e);
            assumed.add(instead.words());
            return instead.facts(data);
        }
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
