package io.maeharness.workbench.report;

import io.maeharness.ablations.plan.PaperTables;
import io.maeharness.ablations.plan.Plan;
import io.maeharness.ablations.plan.PlannedStage;
import io.maeharness.ablations.plan.Selection;
import io.maeharness.ablations.tables.Figure9PartialFinetuning;
import io.maeharness.ablations.tables.PaperTable;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.error.InvalidSettingException;
import io.maeharness.core.stage.StageHash;
import io.maeharness.reporting.ClaimNotes;
import io.maeharness.reporting.ReportRequest;
import io.maeharness.reporting.Reporter;
import io.maeharness.results.CellKey;
import io.maeharness.results.PaperValues;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.ResultStore;
import io.maeharness.results.TableLayout;
import io.maeharness.workbench.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Renders what a session has measured: the tables of a plan, and every other table of which the results hold a number
 * of this very configuration.
 */
public final class ReportWriter {
    private final Session session;
    private final List<Plan> plans = new ArrayList<>();
    private final Set<String> always;
    private final Predicate<String> columns;
    private final Reporter reporter = new Reporter();
    private final ReportRows rows;
    private Optional<String> leftOut = Optional.empty();

    /**
     * A writer.
     *
     * @param session whose results are rendered
     * @param shown the plan whose tables are shown even where nothing has been measured yet
     */
    public ReportWriter(Session session, Plan shown) {
        this(session, shown, metric -> true);
    }

    /**
     * A writer of some columns.
     *
     * @param columns whether the column of a metric is shown
     */
    public ReportWriter(Session session, Plan shown, Predicate<String> columns) {
        this.session = session;
        this.columns = columns;
        this.always = shown.layouts().stream().map(TableLayout::id).collect(Collectors.toSet());
        PaperTables.discover().all().forEach(this::plan);
        if (plans.stream().flatMap(plan -> plan.layouts().stream()).noneMatch(layout -> always.contains(layout.id()))) {
            plans.add(shown);
        }
        rows = new ReportRows(plans, columns);
    }

    /** A table that this profile cannot run, or not without images that are not there, is none that it could have measured. */
    private void plan(PaperTable table) {
        Selection whole = Selection.whole(table, session.settings());
        if (always.contains(table.id())) {
            plans.add(session.plan(whole));
        } else if (leftOut.isEmpty() || !table.header().readsImages()) {
            planOffline(whole);
        }
    }

    private void planOffline(Selection whole) {
        try {
            plans.add(session.planOffline(whole));
        } catch (InvalidSettingException e) {
            return; // The profile cannot take the table's changes.
        } catch (HarnessException e) {
            if (e.kind() != Kind.DATA && e.kind() != Kind.DATA_DAMAGED) {
                throw e;
            }
            leftOut = Optional.of("tables of accuracies are left out of the report: " + e.getMessage());
        }
    }

    /** Why some tables are not in the report although they may have been measured; empty when all are. */
    public Optional<String> leftOut() {
        return leftOut;
    }

    /** Directory of the report. */
    public Path directory() {
        return session.output().root().resolve("report");
    }

    /** Takes the looks at claims that the results have reached, and notes them beside these, before any verdict is shown. */
    void recordLooks(ResultStore store) {
        ClaimVerdicts.of(session, List.of(store), PaperTables.discover().all()).record(store);
    }

    /** As {@link #recordLooks(ResultStore)}, for the session's own results. */
    public void recordLooks() {
        recordLooks(session.output().results());
    }

    /** Renders into the session's own report. */
    public Reporter.Rendered write() {
        return write(session.output().results(), session.output().pictures(), directory());
    }

    /**
     * Renders results into a directory, which is then complete in itself.
     *
     * @param store results, of which those of this configuration are shown
     * @param pictures their pictures
     */
    Reporter.Rendered write(ResultStore store, Path pictures, Path directory) {
        List<ResultRow> present = rows.of(store);
        List<ResultRow> earlier = rows.earlier(store);
        Predicate<String> shown = shown(
                Stream.concat(rows.stored(store).stream(), earlier.stream()).toList());
        ClaimVerdicts claims =
                ClaimVerdicts.of(session, List.of(store), PaperTables.discover().all());
        return reporter.render(new ReportRequest(
                session.settings().name(),
                facts(present, earlier, claims),
                layouts().stream()
                        .filter(layout -> shown.test(layout.id()))
                        .flatMap(layout -> layout.onlyMetrics(columns).stream())
                        .map(layout -> remarked(layout, present))
                        .toList(),
                present.stream().filter(row -> shown.test(row.table())).toList(),
                earlier,
                Figure9PartialFinetuning::training,
                claims.byTable(),
                PaperValues.bundled(),
                store.provenance(),
                curves().stream().filter(curve -> shown.test(curve.table())).toList(),
                ancestors(store, shown, earlier),
                store.curves(),
                pictures,
                directory));
    }

    private List<ReportRequest.Fact> facts(List<ResultRow> present, List<ResultRow> earlier, ClaimVerdicts claims) {
        List<ReportRequest.Fact> facts = new ArrayList<>(ProfileFacts.of(
                session.settings(), seeds(present, earlier), session.compute().precision()));
        facts.add(new ReportRequest.Fact("claims of the paper", ClaimNotes.head(claims.decisions(), 0)));
        return facts;
    }

    /**
     * How many seeds the values are of; those of an earlier definition where there are no others, and as many as are asked for
     * while there are none at all.
     */
    private int seeds(List<ResultRow> present, List<ResultRow> earlier) {
        return Stream.of(
                        rows.seeds(present),
                        rows.seeds(earlier),
                        session.seeds().size())
                .filter(count -> count > 0)
                .findFirst()
                .orElseThrow();
    }

    private TableLayout remarked(TableLayout layout, List<ResultRow> present) {
        return PaperTables.discover().all().stream()
                .filter(table -> table.id().equals(layout.id()))
                .findFirst()
                .flatMap(table -> table.remark(session.settings(), cell -> mean(present, cell)))
                .map(layout::withSentence)
                .orElse(layout);
    }

    private static OptionalDouble mean(List<ResultRow> present, CellKey cell) {
        return present.stream()
                .filter(row -> row.state() == ResultState.MEASURED && row.cell().equals(cell))
                .mapToDouble(row -> row.value().orElseThrow())
                .average();
    }

    /** The rows that it shows. */
    ReportRows rows() {
        return rows;
    }

    /** Every table that this profile can run. */
    private List<TableLayout> layouts() {
        return plans.stream().flatMap(plan -> plan.layouts().stream()).toList();
    }

    private Predicate<String> shown(List<ResultRow> measured) {
        Set<String> tables = new TreeSet<>(always);
        measured.stream()
                .filter(row -> row.state() == ResultState.MEASURED || row.state() == ResultState.FAILED)
                .forEach(row -> tables.add(row.table()));
        return tables::contains;
    }

    /** Stages of every seed that the shown tables take, and those that rows of an earlier definition started from. */
    private Set<String> ancestors(ResultStore store, Predicate<String> shown, List<ResultRow> earlier) {
        Stream<String> present = plans.stream()
                .flatMap(plan -> plan.stages().stream())
                .filter(stage -> stage.cases().stream().anyMatch(name -> shown.test(tableOf(name))))
                .map(PlannedStage::hash);
        Stream<String> former = earlier.stream()
                .flatMap(row -> store.provenance().read(row.provenance()).stream())
                .flatMap(record -> StageHash.ofAncestors(record.stage().configuration()).stream());
        return Stream.concat(present, former).collect(Collectors.toSet());
    }

    private static String tableOf(String caseName) {
        return caseName.substring(0, caseName.indexOf('/'));
    }

    /** Only those of seed 0, which are drawn, are copied: a curve is larger than all that is known of its stage otherwise. */
    private List<ReportRequest.Curve> curves() {
        List<ReportRequest.Curve> curves = new ArrayList<>();
        for (PlannedStage stage :
                plans.stream().flatMap(plan -> plan.stages().stream()).toList()) {
            if (stage.stage().pretrains() && stage.stage().seed() == 0) {
                stage.cases().forEach(name -> curves.add(curve(name, stage.hash())));
            }
        }
        return curves;
    }

    private static ReportRequest.Curve curve(String name, String hash) {
        return new ReportRequest.Curve(tableOf(name), name.substring(name.indexOf('/') + 1), hash);
    }
}
