package io.maeharness.cli;

import io.maeharness.ablations.plan.PaperTables;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlanRequest;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.plan.Planner;
import io.maeharness.ablations.plan.Selection;
import io.maeharness.ablations.run.Coordinator;
import io.maeharness.ablations.run.Importer;
import io.maeharness.ablations.run.Pruning;
import io.maeharness.ablations.run.PublishedStages;
import io.maeharness.ablations.run.RunListener;
import io.maeharness.ablations.run.RunOptions;
import io.maeharness.ablations.run.RunSummary;
import io.maeharness.ablations.run.StageStates;
import io.maeharness.ablations.stages.ImportedEncoder;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.ablations.worker.WorkerCommand;
import io.maeharness.cli.DeviceOptions.Compute;
import io.maeharness.core.config.DataSettings;
import io.maeharness.core.config.Settings;
import io.maeharness.core.data.DataRequest;
import io.maeharness.core.data.DataSource;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageHash;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Function;

/** One profile on one machine with one output directory: what every command that plans or runs works with. */
final class Session {
    private static final String WORKER_HEAP = "2g";
    private static final long MILLIS_A_MINUTE = 60_000;

    private final Settings settings;
    private final Compute compute;
    private final Optional<Path> dataDirectory;
    private final OutputDirectory output;
    private final Optional<ImportedEncoder> imported;
    private final Optional<TokenizerOption.Supplied> supplied;
    private final PublishedStages published;
    private final List<Long> seeds;
    private final Map<DataSettings, ImageFacts> images = new HashMap<>();

    Session(Settings settings, Compute compute, Optional<Path> dataDirectory, Path output) {
        this(
                settings,
                compute,
                dataDirectory,
                output,
                Optional.empty(),
                Optional.empty(),
                PublishedStages.NONE,
                PlanRequest.seeds(settings.firstSeed(), settings.seeds()));
    }

    private Session(
            Settings settings,
            Compute compute,
            Optional<Path> dataDirectory,
            Path output,
            Optional<ImportedEncoder> imported,
            Optional<TokenizerOption.Supplied> supplied,
            PublishedStages published,
            List<Long> seeds) {
        this.published = published;
        this.seeds = seeds;
        this.imported = imported;
        this.supplied = supplied;
        this.settings = settings;
        this.compute = compute;
        this.dataDirectory = dataDirectory.map(Path::toAbsolutePath);
        this.output = new OutputDirectory(output);
    }

    Settings settings() {
        return settings;
    }

    Compute compute() {
        return compute;
    }

    OutputDirectory output() {
        return output;
    }

    /** Where the images lie, if the command line says. */
    Optional<Path> dataDirectory() {
        return dataDirectory;
    }

    /** One worker for another configuration in another directory, as for trying something out. */
    Session scratch(Settings other, Path directory) {
        Compute one = new Compute(compute.devices().subList(0, 1), compute.precision(), 1, true);
        return new Session(other, one, dataDirectory, directory);
    }

    /** Another configuration in another directory, on the same devices. */
    Session beside(Settings other, Path directory) {
        return new Session(other, compute, dataDirectory, directory);
    }

    /** The same session in a number format. */
    Session in(Precision precision) {
        return new Session(
                settings, compute.in(precision), dataDirectory, output.root(), imported, supplied, published, seeds);
    }

    /** The same session in another directory; what it knows of images is kept. */
    Session at(Path directory) {
        Session other = new Session(settings, compute, dataDirectory, directory, imported, supplied, published, seeds);
        other.images.putAll(images);
        return other;
    }

    /** Keeps the weights of a file as a finished stage. */
    Importer.Imported imported(Path file) {
        return new Importer(output, settings, images(settings.data())).run(file);
    }

    /** The same session with a model in place of the pre-training of the rows that take one. */
    Session with(ImportedEncoder encoder) {
        return new Session(
                settings, compute, dataDirectory, output.root(), Optional.of(encoder), supplied, published, seeds);
    }

    /** The same session with a tokenizer in place of one that is trained on the images. */
    Session with(TokenizerOption.Supplied tokenizer) {
        return new Session(
                settings, compute, dataDirectory, output.root(), imported, Optional.of(tokenizer), published, seeds);
    }

    /** The same session with stages that need not be computed, because other results hold their outcome. */
    Session with(PublishedStages known) {
        return new Session(settings, compute, dataDirectory, output.root(), imported, supplied, known, seeds);
    }

    /** The same session with these seeds too, as for showing what earlier runs measured with them. */
    Session withSeedsToo(Collection<Long> more) {
        TreeSet<Long> all = new TreeSet<>(seeds);
        all.addAll(more);
        return new Session(
                settings, compute, dataDirectory, output.root(), imported, supplied, published, List.copyOf(all));
    }

    /** The same session with the seeds 0, 1, 2 and so on, so many. */
    Session withSeeds(int count) {
        Session other = new Session(
                settings,
                compute,
                dataDirectory,
                output.root(),
                imported,
                supplied,
                published,
                PlanRequest.seeds(0, count));
        other.images.putAll(images);
        return other;
    }

    /** The seeds of each case, ascending. */
    List<Long> seeds() {
        return seeds;
    }

    /** Channels of the profile's images; opens the data set the first time. */
    int channels() {
        return images(settings.data()).channels();
    }

    /** Whether the model that stands in for a pre-training, if there is one, can reconstruct. */
    boolean canReconstruct() {
        return imported.map(model -> model.stage().decoding().isPresent()).orElse(true);
    }

    /** Whether the model that stands in for a pre-training, if there is one, is of the size of some of these rows. */
    boolean fills(Selection selection) {
        return imported.map(model -> plan(selection).hashes().contains(StageHash.of(model.stage())))
                .orElse(true);
    }

    /**
     * Reads selectors of the command line.
     *
     * @throws HarnessException of kind UNKNOWN_TABLE, naming the nearest known
     */
    Selection selection(List<String> selectors) {
        try {
            return Selection.of(selectors, PaperTables.discover(), settings);
        } catch (IllegalArgumentException e) {
            throw new HarnessException(Kind.UNKNOWN_TABLE, e.getMessage(), e);
        }
    }

    /** The stages and cells of a selection; opens the data set the first time. */
    Plan plan(Selection selection) {
        return Planner.plan(request(), selection);
    }

    /**
     * As {@link #plan}, without downloading a data set for it.
     *
     * @throws HarnessException of kind DATA when the images are not there
     */
    Plan planOffline(Selection selection) {
        return Planner.plan(request(data -> images(data, false)), selection);
    }

    /** The stages that draw reconstructions of a selection. */
    Plan reconstructions(Selection selection, int count) {
        return Planner.reconstructions(request(), selection, count);
    }

    private PlanRequest request() {
        return request(this::images);
    }

    private PlanRequest request(Function<DataSettings, ImageFacts> facts) {
        return new PlanRequest(
                settings,
                facts,
                compute.precision(),
                compute.kind(),
                seeds,
                imported,
                supplied.map(TokenizerOption.Supplied::model));
    }

    /** Facts of the images that a stage would read here; of the noise of one that reads none. */
    ImageFacts images(Stage stage) {
        return stage.data().settings().equals(DataSettings.NOISE)
                ? new ImageFacts(stage.data(), ImageFacts.NOISE_CHANNELS, 1, 1, 1)
                : images(stage.data().settings());
    }

    private ImageFacts images(DataSettings data) {
        return images(data, true);
    }

    private ImageFacts images(DataSettings data, boolean mayDownload) {
        return images.computeIfAbsent(data, wanted -> {
            DataRequest request = DataRequest.of(wanted.dataset())
                    .withValidationShare(wanted.validationShare())
                    .withAllowDownload(mayDownload);
            return ImageFacts.of(
                    wanted,
                    DataSource.open(dataDirectory.map(request::withDirectory).orElse(request)));
        });
    }

    /** How far the stages of a plan are, here and in what is published. */
    StageStates states(Plan plan) {
        return StageStates.of(plan, output, published);
    }

    /** What finished stages of a plan left that nothing of it needs any more. */
    Pruning pruning(Plan plan) {
        return Pruning.of(plan, output, published);
    }

    /** The stages of a plan that have to be computed; all that can be when finished ones are to be run again. */
    List<PlannedStage> open(Plan plan, boolean force) {
        return force
                ? plan.stages().stream().filter(PlannedStage::canBeComputed).toList()
                : states(plan).openStages();
    }

    /**
     * Checks that a tokenizer of the command line is used by what is to be measured.
     *
     * @throws HarnessException of kind USAGE when it is not
     */
    void requireTokenizerUsed(Plan plan) {
        boolean used = plan.stages().stream().anyMatch(stage -> stage.stage().origin() == Stage.Origin.SUPPLIED);
        if (supplied.isPresent() && !used) {
            throw new HarnessException(
                    Kind.USAGE,
                    "--tokenizer: nothing of what is selected predicts its words; select table1d/dvae-token or"
                            + " table3/beit, or leave it out");
        }
    }

    /** Runs a plan on worker processes. */
    RunSummary run(Plan plan, boolean force, RunListener listener) {
        return run(plan, force, listener, Deadline.NONE);
    }

    /** Runs a plan on worker processes until a deadline, at which stages in progress write their checkpoints. */
    RunSummary run(Plan plan, boolean force, RunListener listener, Deadline deadline) {
        supplied.ifPresent(tokenizer -> tokenizer.install(output.stages()));
        List<String> devices = new ArrayList<>();
        int workers = WorkerCount.of(compute, open(plan, force));
        for (int i = 0; i < workers; i++) {
            devices.add(compute.devices().get(i % compute.devices().size()));
        }
        RunOptions options = new RunOptions(
                devices,
                dataDirectory,
                Duration.ofMillis(Math.round(settings.checkpointMinutes() * MILLIS_A_MINUTE)),
                force,
                Duration.ofMinutes(1),
                OptionalDouble.empty(),
                published);
        Coordinator coordinator = new Coordinator(output, WorkerCommand.standard(WORKER_HEAP), options, listener);
        try (Deadline.Watch watch = deadline.watch(coordinator::requestStop)) {
            watch.begin();
            return coordinator.run(plan);
        }
    }
}
