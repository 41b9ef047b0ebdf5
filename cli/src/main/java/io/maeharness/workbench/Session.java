package io.maeharness.workbench;

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
import io.maeharness.ablations.tables.Row;
import io.maeharness.ablations.worker.OutputDirectory;
import io.maeharness.ablations.worker.WorkerCommand;
import io.maeharness.core.config.DataSettings;
import io.maeharness.core.config.Settings;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.error.InvalidSettingException;
import io.maeharness.core.stage.ImageFacts;
import io.maeharness.core.stage.Precision;
import io.maeharness.core.stage.Stage;
import io.maeharness.core.stage.StageHash;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.ResultStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** One profile on one machine with one output directory: what everything that plans or runs works with. */
public final class Session {
    private static final String WORKER_HEAP = "2g";
    private static final long MILLIS_A_MINUTE = 60_000;

    private final Settings settings;
    private final Compute compute;
    private final ImageSource images;
    private final OutputDirectory output;
    private final Given given;

    /**
     * What the user gives beside the profile.
     *
     * @param encoder a model in place of the pre-training of the rows that take one
     * @param tokenizer a tokenizer in place of one that is trained on the images
     * @param published stages that need not be computed, because other results hold their outcome
     * @param seeds of each case, ascending
     * @param seedsAlone whether reports show no others
     */
    private record Given(
            Optional<ImportedEncoder> encoder,
            Optional<UserTokenizer> tokenizer,
            PublishedStages published,
            List<Long> seeds,
            boolean seedsAlone) {
        static Given nothing(Settings settings) {
            return new Given(
                    Optional.empty(),
                    Optional.empty(),
                    PublishedStages.NONE,
                    PlanRequest.seeds(settings.firstSeed(), settings.seeds()),
                    false);
        }

        Given with(List<Long> others) {
            return new Given(encoder, tokenizer, published, others, seedsAlone);
        }
    }

    /**
     * A session with the seeds of the profile, without models of the user's and without published stages.
     *
     * @param dataDirectory where the images lie, if the user says
     * @param output directory of results, which need not exist
     */
    public Session(Settings settings, Compute compute, Optional<Path> dataDirectory, Path output) {
        this(settings, compute, new ImageSource(dataDirectory), output);
    }

    /**
     * As the other, with images from a source of which more is said.
     *
     * @param images where the images are
     */
    public Session(Settings settings, Compute compute, ImageSource images, Path output) {
        this(settings, compute, images, new OutputDirectory(output), Given.nothing(settings));
    }

    private Session(Settings settings, Compute compute, ImageSource images, OutputDirectory output, Given given) {
        this.settings = settings;
        this.compute = compute;
        this.images = images;
        this.output = output;
        this.given = given;
    }

    private Session with(Given other) {
        return new Session(settings, compute, images, output, other);
    }

    /** The profile with all changes. */
    public Settings settings() {
        return settings;
    }

    /** What computes. */
    public Compute compute() {
        return compute;
    }

    /** Where results lie. */
    public OutputDirectory output() {
        return output;
    }

    /** Where the images lie, if the user says. */
    public Optional<Path> dataDirectory() {
        return images.directory();
    }

    /** The seeds of each case, ascending. */
    public List<Long> seeds() {
        return given.seeds();
    }

    /** The results that count as done, beside the session's own. */
    public List<ResultStore> published() {
        return given.published().sources().stream()
                .map(PublishedStages.Source::store)
                .toList();
    }

    /** One worker for another configuration in another directory, as for trying something out. */
    Session scratch(Settings other, Path directory) {
        return new Session(other, compute.alone(), images, new OutputDirectory(directory), Given.nothing(other));
    }

    /** Another configuration in another directory, on the same devices. */
    public Session beside(Settings other, Path directory) {
        return new Session(other, compute, images, new OutputDirectory(directory), Given.nothing(other));
    }

    /** The same session in a number format. */
    public Session in(Precision precision) {
        return new Session(settings, compute.in(precision), images, output, given);
    }

    /** The same session for a forecast: where images are not here, the counts of the published data set will do. */
    public Session assumingImages() {
        return new Session(settings, compute, images.assuming(), output, given);
    }

    /** What is assumed of images that are not here, in words. */
    public List<String> assumedImages() {
        return images.assumed();
    }

    /** The same session in another directory. */
    public Session at(Path directory) {
        return new Session(settings, compute, images, new OutputDirectory(directory), given);
    }

    /** The same session with a model in place of the pre-training of the rows that take one. */
    public Session with(ImportedEncoder encoder) {
        return with(new Given(
                Optional.of(encoder), given.tokenizer(), given.published(), given.seeds(), given.seedsAlone()));
    }

    /** The same session with a tokenizer in place of one that is trained on the images. */
    public Session with(UserTokenizer tokenizer) {
        return with(new Given(
                given.encoder(), Optional.of(tokenizer), given.published(), given.seeds(), given.seedsAlone()));
    }

    /** The same session with stages that need not be computed, because other results hold their outcome. */
    public Session with(PublishedStages known) {
        return with(new Given(given.encoder(), given.tokenizer(), known, given.seeds(), given.seedsAlone()));
    }

    /** The same session whose reports show its seeds alone, because the user has chosen them. */
    public Session withSeedsAlone() {
        return with(new Given(given.encoder(), given.tokenizer(), given.published(), given.seeds(), true));
    }

    /** The same session with the seeds 0, 1, 2 and so on, so many. */
    public Session withSeeds(int count) {
        return with(given.with(PlanRequest.seeds(0, count)));
    }

    /**
     * The session as reports show it: with every seed too that some results have a value of, unless the user has chosen the
     * seeds.
     */
    public Session shown(List<ResultStore> results) {
        if (given.seedsAlone()) {
            return this;
        }
        TreeSet<Long> all = new TreeSet<>(given.seeds());
        results.stream()
                .flatMap(store -> store.rows().stream())
                .filter(row -> row.state() == ResultState.MEASURED || row.state() == ResultState.FAILED)
                .map(ResultRow::seed)
                .forEach(all::add);
        return with(given.with(List.copyOf(all)));
    }

    /** As {@link #shown(List)}, by the session's own results. */
    public Session shown() {
        return shown(List.of(output.results()));
    }

    /** As {@link #shown(List)}, by the session's own results and those that count as done. */
    public Session shownWithPublished() {
        return shown(
                Stream.concat(Stream.of(output.results()), published().stream()).toList());
    }

    /** Channels of the profile's images; opens the data set the first time. */
    int channels() {
        return images.of(settings.data()).channels();
    }

    /** Facts of the images that a stage would read here; of the noise of one that reads none. */
    public ImageFacts images(Stage stage) {
        return images.of(stage);
    }

    /** Keeps the weights of a file as a finished stage. */
    public Importer.Imported imported(Path file) {
        return new Importer(output, settings, images.of(settings.data())).run(file);
    }

    /** Rows of all tables that take an imported model. */
    public List<String> rowsThatTakeAnImport() {
        return PaperTables.discover().all().stream()
                .flatMap(table ->
                        table.rows(settings).stream().filter(Row::takesImport).map(row -> table.id() + "/" + row.key()))
                .toList();
    }

    /** Whether the model that stands in for a pre-training, if there is one, can reconstruct. */
    public boolean canReconstruct() {
        return given.encoder()
                .map(model -> model.stage().decoding().isPresent())
                .orElse(true);
    }

    /** Whether the model that stands in for a pre-training, if there is one, is of the size of some of these rows. */
    public boolean fills(Selection selection) {
        return given.encoder()
                .map(model -> plan(selection).hashes().contains(StageHash.of(model.stage())))
                .orElse(true);
    }

    /**
     * Reads selectors of a user.
     *
     * @throws HarnessException of kind UNKNOWN_TABLE, naming the nearest known
     */
    public Selection selection(List<String> selectors) {
        try {
            return Selection.of(selectors, PaperTables.discover(), settings);
        } catch (InvalidSettingException e) {
            throw new HarnessException(Kind.UNKNOWN_TABLE, e.getMessage(), e);
        }
    }

    /** The stages and cells of a selection; opens the data set the first time. */
    public Plan plan(Selection selection) {
        return Planner.plan(request(images::of), selection);
    }

    /**
     * As {@link #plan}, without downloading a data set for it.
     *
     * @throws HarnessException of kind DATA when the images are not there
     */
    public Plan planOffline(Selection selection) {
        return Planner.plan(request(images::offline), selection);
    }

    /** The validation images, which are what is drawn. */
    public int drawableImages() {
        return images.of(settings.data()).validationImages();
    }

    /**
     * The stages that draw reconstructions of a selection.
     *
     * @throws HarnessException of kind CONFIG when there are no validation images to draw
     */
    public Plan reconstructions(Selection selection, int count) {
        images.requireValidation(settings.data());
        Plan plan = Planner.reconstructions(request(images::of), selection, count);
        requireImagesToDraw(plan.stages());
        return plan;
    }

    /**
     * Demands validation images for those of some stages that draw, also where a row has others than the profile.
     *
     * @throws HarnessException of kind CONFIG, with the share that would give some
     */
    public void requireImagesToDraw(List<PlannedStage> stages) {
        stages.stream()
                .map(PlannedStage::stage)
                .filter(stage -> stage.drawings() != Stage.Drawings.NONE)
                .map(stage -> stage.data().settings())
                .distinct()
                .forEach(images::requireValidation);
    }

    private PlanRequest request(Function<DataSettings, ImageFacts> facts) {
        return new PlanRequest(
                settings,
                facts,
                compute.precision(),
                compute.kind(),
                given.seeds(),
                given.encoder(),
                given.tokenizer().map(UserTokenizer::model));
    }

    /** How far the stages of a plan are, here and in what is published. */
    public StageStates states(Plan plan) {
        return StageStates.of(plan, output, given.published());
    }

    /** What finished stages of a plan left that nothing of it needs any more. */
    public Pruning pruning(Plan plan) {
        return Pruning.of(plan, output, given.published());
    }

    /** The stages of a plan that have to be computed; all that can be when finished ones are to be run again. */
    public List<PlannedStage> open(Plan plan, boolean force) {
        return force
                ? plan.stages().stream().filter(PlannedStage::canBeComputed).toList()
                : states(plan).openStages();
    }

    /**
     * Checks that a tokenizer of the user's is used by what is to be measured.
     *
     * @throws HarnessException of kind USAGE when it is not
     */
    public void requireTokenizerUsed(Plan plan) {
        boolean used = plan.stages().stream().anyMatch(stage -> stage.stage().origin() == Stage.Origin.SUPPLIED);
        if (given.tokenizer().isPresent() && !used) {
            throw new HarnessException(
                    Kind.USAGE,
                    "--tokenizer: nothing of what is selected predicts its words; select table1d/dvae-token or"
                            + " table3/beit, or leave it out");
        }
    }

    /** Runs a plan on worker processes until a deadline, at which stages in progress write their checkpoints. */
    public RunSummary run(Plan plan, boolean force, RunListener listener, Deadline deadline) {
        given.tokenizer().ifPresent(tokenizer -> tokenizer.install(output.stages()));
        List<PlannedStage> open = open(plan, force);
        requireImagesToDraw(open);
        RunOptions options = new RunOptions(
                compute.slotsFor(open),
                images.directory(),
                Duration.ofMillis(Math.round(settings.checkpointMinutes() * MILLIS_A_MINUTE)),
                force,
                Duration.ofMinutes(1),
                given.published());
        Coordinator coordinator = new Coordinator(
                output,
                WorkerCommand.standard(WORKER_HEAP).beside(options.devices().size()),
                options,
                listener);
        try (Deadline.Watch watch = deadline.watch(coordinator::requestStop)) {
            watch.begin();
            return coordinator.run(plan);
        }
    }
}
