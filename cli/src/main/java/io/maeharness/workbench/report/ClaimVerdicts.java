package io.maeharness.workbench.report;

import io.maeharness.ablations.plan.PaperTables;
import io.maeharness.ablations.plan.ProfileClaims;
import io.maeharness.ablations.run.CodeVersion;
import io.maeharness.ablations.tables.Figure9PartialFinetuning;
import io.maeharness.ablations.tables.PaperTable;
import io.maeharness.ablations.tables.Table2WallClock;
import io.maeharness.core.config.Settings;
import io.maeharness.reporting.TableClaims;
import io.maeharness.results.ResultStore;
import io.maeharness.results.claims.ContrastEstimate;
import io.maeharness.results.claims.Decision;
import io.maeharness.results.claims.Evidence;
import io.maeharness.results.claims.FamilyVerdicts;
import io.maeharness.results.claims.LookLedger;
import io.maeharness.results.claims.LookRecord;
import io.maeharness.results.claims.MeasuredTables;
import io.maeharness.results.claims.NewImageContrasts;
import io.maeharness.results.claims.Outlook;
import io.maeharness.results.claims.Outlooks;
import io.maeharness.results.claims.PaperContrasts;
import io.maeharness.results.claims.ProfileClaim;
import io.maeharness.results.claims.RepeatedLooks;
import io.maeharness.results.claims.TestAnswers;
import io.maeharness.results.claims.TimedContrasts;
import io.maeharness.results.claims.Verdict;
import io.maeharness.results.statistics.LookPlan;
import io.maeharness.workbench.Session;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Verdicts on the claims of tables: by the paper's own numbers, or by what results hold. */
public final class ClaimVerdicts {
    private final Map<PaperTable, List<ProfileClaim>> claims = new LinkedHashMap<>();
    private final Map<ProfileClaim, Evidence> evidence = new HashMap<>();
    private final Map<ProfileClaim, Evidence> onNewImages = new HashMap<>();
    private final Map<PaperTable, Integer> seeds = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<LookRecord> taken = new ArrayList<>();
    private Function<List<Decision>, List<Outlook>> foretold = decisions -> List.of();

    private ClaimVerdicts() {}

    /** By the paper's own numbers and the deviations that it states. */
    public static ClaimVerdicts ofPaper(Settings settings, List<PaperTable> tables) {
        ClaimVerdicts verdicts = new ClaimVerdicts();
        PaperContrasts paper = PaperContrasts.bundled();
        ProfileClaims declared = new ProfileClaims(PaperTables.discover(), settings, paper);
        tables.forEach(table -> verdicts.claims.put(
                table,
                declared.declared(table).stream().map(ProfileClaim::whole).toList()));
        verdicts.all().forEach(claim -> verdicts.evidence.put(claim, Evidence.of(claim, paper)));
        return verdicts;
    }

    /**
     * By what a session's results and some other stores hold of its configuration.
     *
     * @param session of all the seeds that are to count
     */
    public static ClaimVerdicts of(Session session, List<ResultStore> stores, List<PaperTable> tables) {
        ClaimVerdicts verdicts = new ClaimVerdicts();
        PaperTables known = PaperTables.discover();
        ProfileClaims declared = new ProfileClaims(known, session.settings(), PaperContrasts.bundled());
        tables.forEach(table -> verdicts.claims.put(table, declared.measurable(table)));
        MeasuredCells cells = new MeasuredCells(session, stores);
        measured(known, declared).forEach(cells::add);
        verdicts.problems.addAll(cells.problems());
        verdicts.judge(
                cells,
                session.settings(),
                LookLedger.in(Stream.concat(Stream.of(session.output().results()), stores.stream())
                        .map(ResultStore::directory)
                        .toList()));
        return verdicts;
    }

    /** The tables that any claim is about, listed or not: what they leave unexplained tells the noise of those that are. */
    private static List<PaperTable> measured(PaperTables known, ProfileClaims declared) {
        return known.all().stream()
                .flatMap(table -> declared.measurable(table).stream())
                .flatMap(claim -> claim.components().stream())
                .flatMap(component -> component.coefficients().keySet().stream())
                .map(cell -> known.named(cell.table()))
                .distinct()
                .toList();
    }

    private void judge(MeasuredCells cells, Settings settings, LookLedger ledger) {
        MeasuredTables tables = new MeasuredTables(cells.values(), Figure9PartialFinetuning::training);
        RepeatedLooks looks = new RepeatedLooks(tables, LookPlan.STANDARD, ledger);
        foretold = new Outlooks(tables, LookPlan.STANDARD, settings.claims().margin())::of;
        ContrastEstimate.Source times =
                new TimedContrasts(cells.values(), settings.wallClock().blocks());
        List<ProfileClaim> ofAccuracies =
                all().stream().filter(claim -> !isTimed(claim)).toList();
        looks.of(ofAccuracies).forEach(one -> evidence.put(one.claim(), one));
        taken.addAll(looks.taken());
        TestAnswers answers = new TestAnswers(cells.answers());
        new RepeatedLooks(tables, LookPlan.STANDARD, source -> new NewImageContrasts(source, answers))
                .of(ofAccuracies)
                .forEach(one -> onNewImages.put(one.claim(), one));
        all().stream().filter(ClaimVerdicts::isTimed).forEach(claim -> evidence.put(claim, Evidence.of(claim, times)));
        claims.forEach((table, own) -> seeds.put(
                table,
                looks.seedsOf(own.stream().filter(claim -> !isTimed(claim)).toList())));
    }

    private static boolean isTimed(ProfileClaim claim) {
        return claim.claim().family().equals(Table2WallClock.ID);
    }

    private List<ProfileClaim> all() {
        return claims.values().stream().flatMap(List::stream).toList();
    }

    /** Notes the looks that were taken for these verdicts beside results; from then on they stand. */
    public void record(ResultStore store) {
        if (taken.isEmpty()) {
            return;
        }
        String commit = CodeVersion.current().code().gitCommit();
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        LookLedger.add(
                store.directory(),
                taken.stream().map(look -> look.signed(now, commit)).toList());
    }

    /** Why tables have no cells here, a line each. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** Every decision, table by table; beside one that is open stands how many seeds would probably reach it. */
    public List<Decision> decisions() {
        List<Decision> decisions = decided();
        Map<ProfileClaim, Outlook> outlooks =
                foretold.apply(decisions).stream().collect(Collectors.toMap(Outlook::claim, outlook -> outlook));
        return decisions.stream()
                .map(decision -> decision.verdict() == Verdict.NOT_RESOLVED
                        ? remark(decision, outlooks.get(decision.evidence().claim()))
                                .map(decision::withDetail)
                                .orElse(decision)
                        : decision)
                .toList();
    }

    /** What an open claim waits for. */
    private Optional<String> remark(Decision decision, Outlook outlook) {
        if (outlook != null) {
            return Optional.of(outlook.inWords());
        }
        boolean withoutFirst = seedsOf(decision.evidence().claim()) == 0
                && !isTimed(decision.evidence().claim());
        return withoutFirst
                ? Optional.of("looks need the seeds 0, 1 and so on, which not all of its rows have")
                : Optional.empty();
    }

    private int seedsOf(ProfileClaim claim) {
        return claims.entrySet().stream()
                .filter(entry -> entry.getValue().contains(claim))
                .map(entry -> seeds.getOrDefault(entry.getKey(), 0))
                .findFirst()
                .orElse(0);
    }

    private List<Decision> decided() {
        List<Evidence> here = all().stream().map(evidence::get).toList();
        return onNewImages.isEmpty()
                ? FamilyVerdicts.decide(here)
                : FamilyVerdicts.decide(
                        here,
                        here.stream()
                                .map(one -> onNewImages.getOrDefault(one.claim(), one))
                                .toList());
    }

    /** What more seeds will probably decide, for each claim that is open and has values. */
    public List<Outlook> outlooks() {
        return foretold.apply(decided());
    }

    /** The decisions of each table that has claims, in the order of the tables. */
    public List<TableClaims> byTable() {
        List<Decision> decisions = decisions();
        List<TableClaims> byTable = new ArrayList<>();
        int from = 0;
        for (Map.Entry<PaperTable, List<ProfileClaim>> entry : claims.entrySet()) {
            int to = from + entry.getValue().size();
            if (to > from) {
                byTable.add(new TableClaims(
                        entry.getKey().id(), decisions.subList(from, to), seeds.getOrDefault(entry.getKey(), 0)));
            }
            from = to;
        }
        return byTable;
    }
}
