package io.maeharness.cli;

import io.maeharness.ablations.plan.PaperTables;
import io.maeharness.ablations.plan.ProfileClaims;
import io.maeharness.ablations.plan.Selection;
import io.maeharness.ablations.tables.Figure9PartialFinetuning;
import io.maeharness.ablations.tables.PaperTable;
import io.maeharness.ablations.tables.Table2WallClock;
import io.maeharness.core.config.Settings;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.results.ResultStore;
import io.maeharness.results.claims.ClaimTally;
import io.maeharness.results.claims.ContrastSource;
import io.maeharness.results.claims.Decision;
import io.maeharness.results.claims.Evidence;
import io.maeharness.results.claims.FamilyVerdicts;
import io.maeharness.results.claims.MeasuredTables;
import io.maeharness.results.claims.PaperContrasts;
import io.maeharness.results.claims.ProfileClaim;
import io.maeharness.results.claims.RepeatedLooks;
import io.maeharness.results.claims.TimedContrasts;
import io.maeharness.results.claims.Verdict;
import io.maeharness.results.statistics.LookPlan;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mae claims}. */
@Command(
        name = "claims",
        description = "Say of each claim of the paper whether what has been measured bears it out. Measures nothing.")
final class ClaimsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TABLE", description = "tables whose claims are listed (default: all)")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--paper",
            description =
                    "judge by the paper's own numbers instead; a special exit code when a claim does not hold there")
    private boolean byPaper;

    @Option(names = "--json", description = "print the claims as JSON, with every component")
    private boolean asJson;

    @Mixin
    private PublishedOption published = new PublishedOption();

    @Mixin
    private SessionOptions options = new SessionOptions();

    @Override
    public Integer call() {
        PaperTables known = PaperTables.discover();
        List<PaperTable> chosen = chosen(known);
        Settings settings = options.settings().settings();
        PaperContrasts paper = PaperContrasts.bundled();
        ProfileClaims claims = new ProfileClaims(known, settings, paper);
        Map<PaperTable, List<ProfileClaim>> byTable = new LinkedHashMap<>();
        for (PaperTable table : chosen) {
            byTable.put(
                    table,
                    byPaper
                            ? claims.declared(table).stream()
                                    .map(ProfileClaim::whole)
                                    .toList()
                            : claims.measurable(table));
        }
        byTable.values().removeIf(List::isEmpty);
        List<ProfileClaim> all = byTable.values().stream().flatMap(List::stream).toList();
        Map<ProfileClaim, Evidence> evidence = byPaper ? stated(paper, all) : measured(known, all);
        List<Decision> decisions =
                FamilyVerdicts.decide(all.stream().map(evidence::get).toList());
        print(byTable, decisions, settings);
        boolean failed = byPaper && ClaimTally.of(decisions).of(Verdict.HOLDS) < decisions.size();
        return (failed ? ExitCode.CLAIM_FAILED : ExitCode.OK).code();
    }

    private List<PaperTable> chosen(PaperTables known) {
        if (names.isEmpty() || names.contains(Selection.ALL)) {
            return known.all();
        }
        try {
            List<PaperTable> named = names.stream().map(known::named).toList();
            return known.all().stream().filter(named::contains).toList();
        } catch (IllegalArgumentException e) {
            throw new HarnessException(Kind.UNKNOWN_TABLE, e.getMessage(), e);
        }
    }

    private static Map<ProfileClaim, Evidence> stated(PaperContrasts paper, List<ProfileClaim> claims) {
        return claims.stream()
                .map(claim -> Evidence.of(claim, paper))
                .collect(Collectors.toMap(Evidence::claim, Function.identity()));
    }

    private Map<ProfileClaim, Evidence> measured(PaperTables known, List<ProfileClaim> claims) {
        Session opened = options.open();
        List<ResultStore> stores = published.stores(opened);
        Session session = options.shown(
                opened,
                Stream.concat(Stream.of(opened.output().results()), stores.stream())
                        .toArray(ResultStore[]::new));
        MeasuredCells cells = new MeasuredCells(session, stores);
        claims.stream()
                .flatMap(claim -> claim.components().stream())
                .flatMap(component -> component.coefficients().keySet().stream())
                .map(cell -> known.named(cell.table()))
                .distinct()
                .forEach(cells::add);
        cells.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
        MeasuredTables tables = new MeasuredTables(cells.values(), Figure9PartialFinetuning::training);
        ContrastSource times = new TimedContrasts(
                cells.values(), session.settings().wallClock().blocks());
        return Stream.concat(
                        new RepeatedLooks(tables, LookPlan.STANDARD)
                                        .of(claims.stream()
                                                .filter(claim -> !isTimed(claim))
                                                .toList())
                                        .stream(),
                        claims.stream().filter(ClaimsCommand::isTimed).map(claim -> Evidence.of(claim, times)))
                .collect(Collectors.toMap(Evidence::claim, Function.identity()));
    }

    private static boolean isTimed(ProfileClaim claim) {
        return claim.claim().family().equals(Table2WallClock.ID);
    }

    private void print(Map<PaperTable, List<ProfileClaim>> byTable, List<Decision> decisions, Settings settings) {
        PrintWriter out = spec.commandLine().getOut();
        if (asJson) {
            out.println(ClaimsJson.of(decisions));
        } else {
            ClaimsText text = new ClaimsText(out);
            int from = 0;
            for (Map.Entry<PaperTable, List<ProfileClaim>> entry : byTable.entrySet()) {
                int to = from + entry.getValue().size();
                text.table(entry.getKey().layout(settings).title(), decisions.subList(from, to));
                from = to;
            }
            text.end(decisions);
        }
        out.flush();
    }
}
