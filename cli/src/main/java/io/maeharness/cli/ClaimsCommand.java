package io.maeharness.cli;

import io.maeharness.ablations.plan.PaperTables;
import io.maeharness.ablations.plan.Selection;
import io.maeharness.ablations.tables.PaperTable;
import io.maeharness.core.config.Settings;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.core.error.InvalidSettingException;
import io.maeharness.results.claims.ClaimTally;
import io.maeharness.results.claims.Decision;
import io.maeharness.results.claims.Verdict;
import io.maeharness.workbench.Session;
import io.maeharness.workbench.report.ClaimVerdicts;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
        ClaimVerdicts verdicts = byPaper ? ClaimVerdicts.ofPaper(settings, chosen) : measured(chosen);
        verdicts.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
        List<Decision> decisions = verdicts.decisions();
        print(verdicts, decisions, known);
        boolean failed = byPaper && ClaimTally.of(decisions).of(Verdict.HOLDS) < decisions.size();
        return (failed ? ExitCode.CLAIM_FAILED : ExitCode.OK).code();
    }

    private ClaimVerdicts measured(List<PaperTable> chosen) {
        Session session = published.applied(options.open());
        return ClaimVerdicts.of(session.shownWithPublished(), session.published(), chosen);
    }

    private List<PaperTable> chosen(PaperTables known) {
        if (names.isEmpty() || names.contains(Selection.ALL)) {
            return known.all();
        }
        try {
            List<PaperTable> named = names.stream().map(known::named).toList();
            return known.all().stream().filter(named::contains).toList();
        } catch (InvalidSettingException e) {
            throw new HarnessException(Kind.UNKNOWN_TABLE, e.getMessage(), e);
        }
    }

    private void print(ClaimVerdicts verdicts, List<Decision> decisions, PaperTables known) {
        PrintWriter out = spec.commandLine().getOut();
        if (asJson) {
            out.println(ClaimsJson.of(decisions));
        } else {
            ClaimsText text = new ClaimsText(out);
            verdicts.byTable()
                    .forEach(claims ->
                            text.table(known.named(claims.table()).header().title(), claims));
            text.end(decisions);
        }
        out.flush();
    }
}
