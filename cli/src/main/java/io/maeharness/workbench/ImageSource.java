package io.maeharness.workbench;

import io.maeharness.core.config.DataSettings;
import io.maeharness.core.data.DataRequest;
import io.maeharness.core.data.DataSource;
import io.maeharness.core.data.DataSplits;
import io.maeharness.core.data.OpeningListener;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageData;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;

/** Where images lie, and what plans have to know of them: a data set is opened when it is first asked for, and once. */
public final class ImageSource {
    private final Optional<Path> directory;
    private final boolean mayAssume;
    private final Optional<URI> mirror;
    private final OpeningListener listener;
    private final Consumer<String> notices;
    private final Set<String> noticed = ConcurrentHashMap.newKeySet();
    private final Map<DataSettings, ImageFacts> known = new ConcurrentHashMap<>();
    private final Set<String> assumed = new ConcurrentSkipListSet<>();

    /**
     * Images.
     *
     * @param directory where they lie, if the user says
     * @param mirror what is downloaded from instead of the publisher's address
     * @param listener hears how far downloads and the first look at every image are
     * @param notices told once what lies beside the images and is not read, a line each
     */
    public ImageSource(
            Optional<Path> directory, Optional<URI> mirror, OpeningListener listener, Consumer<String> notices) {
        this(directory, mirror, listener, notices, false);
    }

    private ImageSource(
            Optional<Path> directory,
            Optional<URI> mirror,
            OpeningListener listener,
            Consumer<String> notices,
            boolean mayAssume) {
        this.directory = directory.map(Path::toAbsolutePath);
        this.mirror = mirror;
        this.listener = listener;
        this.notices = notices;
        this.mayAssume = mayAssume;
    }

    /**
     * Images of which nothing is heard.
     *
     * @param directory where they lie, if the user says
     */
    public ImageSource(Optional<Path> directory) {
        this(directory, Optional.empty(), OpeningListener.NONE, line -> {});
    }

    /** The same, for a forecast: nothing is downloaded, and where the user names no directory, published counts will do. */
    ImageSource assuming() {
        return new ImageSource(directory, mirror, listener, notices, true);
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

    /** Facts of a data set, which is downloaded where it is missing; each image of a folder is decoded once. */
    ImageFacts of(DataSettings data) {
        return known.computeIfAbsent(
                data, wanted -> mayAssume ? foundOrAssumed(wanted) : ImageFacts.of(wanted, opened(wanted, true)));
    }

    private ImageFacts foundOrAssumed(DataSettings data) {
        Optional<AssumedImages> published = directory.isPresent() ? Optional.empty() : AssumedImages.of(data.dataset());
        try {
            return ImageFacts.of(data, opened(data, false));
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
        return known.computeIfAbsent(data, wanted -> ImageFacts.of(wanted, opened(wanted, false)));
    }

    /**
     * Demands validation images, which are what is drawn.
     *
     * @throws io.maeharness.core.error.HarnessException of kind CONFIG, with the share that would give some
     */
    void requireValidation(DataSettings data) {
        if (of(data).validationImages() == 0) {
            throw ImageFacts.withoutValidation(data, opened(data, false), "there is nothing to draw");
        }
    }

    /**
     * The test images of a data set alone, as they lie in the directory.
     *
     * @param where the directory, in place of the one that the user says
     */
    public StageData test(DataSettings data, Optional<Path> where) {
        StageData test = StageData.ofTest(request(data, where.or(() -> directory), true));
        test.left().lines().forEach(this::notice);
        return test;
    }

    /** The images that settings ask for. */
    public StageData open(DataSettings data) {
        DataSplits splits = opened(data, true);
        return StageData.of(data, splits);
    }

    private DataSplits opened(DataSettings data, boolean wanted) {
        DataSplits splits = DataSource.open(request(data, directory, wanted).withAllowDownload(wanted));
        splits.left().lines().forEach(this::notice);
        return splits;
    }

    private DataRequest request(DataSettings data, Optional<Path> where, boolean checked) {
        DataRequest request = StageData.request(data, where, checked).withListener(listener);
        return mirror.map(request::withMirror).orElse(request);
    }

    private void notice(String line) {
        if (noticed.add(line)) {
            notices.accept(line);
        }
    }
}
