package io.maeharness.cli;

import io.maeharness.ablations.plan.PaperTables;
import io.maeharness.ablations.tables.PaperTable;
import io.maeharness.core.config.Settings;
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
        List<PaperTable> chosen = known.chosen(names);
        Settings settings = options.settings().settings();
        ClaimVerdicts verdicts = byPaper ? ClaimVerdicts.ofPaper(settings, chosen) : measured(chosen);
        verdicts.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
        List<Decision> decisions = verdicts.decisions();
        PrintWriter out = spec.commandLine().getOut();
        if (asJson) {
            out.println(ClaimsJson.of(decisions));
        } else {
            new ClaimsText(out).print(verdicts.byTable(), decisions, known);
        }
        out.flush();
        boolean failed = byPaper && ClaimTally.of(decisions).of(Verdict.HOLDS) < decisions.size();
        return (failed ? ExitCode.CLAIM_FAILED : ExitCode.OK).code();
    }

    private ClaimVerdicts measured(List<PaperTable> chosen) {
        Session session = published.applied(options.open());
        return ClaimVerdicts.of(session.shownWithPublished(), session.published(), chosen);
    }
}
