package io.maeharness.cli;

import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.results.AccuracyCheck;
import io.maeharness.results.AccuracyCheck.Finding;
import io.maeharness.results.AccuracyCheck.Verdict;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mae check}. */
@Command(
        name = "check",
        description = "Compare measured accuracies with a reference; a special exit code when one is worse by more than"
                + " the tolerance and the noise, or missing.")
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TABLE", description = "tables to compare (default: all of the reference)")
    private List<String> tables = new ArrayList<>();

    @Option(
            names = "--against",
            paramLabel = "DIR",
            description = "results to compare with (default: the published ones of the profile)")
    private Optional<Path> against = Optional.empty();

    @Option(
            names = "--tolerance",
            paramLabel = "POINTS",
            defaultValue = "1.0",
            description = "percentage points that never count as a difference (default: ${DEFAULT-VALUE})")
    private double tolerance;

    @Mixin
    private SessionOptions options = new SessionOptions();

    @Override
    public Integer call() {
        Session session = options.open();
        session.selection(tables);
        ReportWriter writer = new ReportWriter(session, session.plan(session.selection(List.of())));
        List<ResultRow> reference = reference(session.settings().name());
        List<Finding> findings = AccuracyCheck.of(tolerance, writer.layouts()).compare(writer.rows(), reference);
        findings.forEach(this::print);
        PrintWriter out = spec.commandLine().getOut();
        Set<Verdict> verdicts = findings.stream().map(Finding::verdict).collect(Collectors.toSet());
        boolean moved = verdicts.contains(Verdict.WORSE) || verdicts.contains(Verdict.MISSING);
        out.println(
                findings.size() + " accuracies compared; " + (moved ? "some are worse or missing" : "none is worse"));
        out.flush();
        return (moved ? ExitCode.ACCURACY_MOVED : ExitCode.OK).code();
    }

    private List<ResultRow> reference(String profile) {
        Path directory = against.orElseGet(() -> Checkout.ofLauncher().published(profile));
        ResultStore store = ResultStore.in(directory)
                .orElseThrow(() -> new HarnessException(
                        Kind.USAGE,
                        "there is no " + ResultStore.FILE_NAME + " in " + directory
                                + " to compare with; name a directory with --against"));
        return store.rows().stream()
                .filter(row -> tables.isEmpty() || tables.contains(row.table()))
                .toList();
    }

    private void print(Finding finding) {
        String ours =
                finding.measured().map(value -> number(value.spread().mean())).orElse("-");
        spec.commandLine()
                .getOut()
                .printf(
                        "%-8s %-34s %7s against %7s, margin %s%n",
                        finding.verdict().name().toLowerCase(Locale.ROOT),
                        finding.cell().table() + "/" + finding.cell().caseKey() + " "
                                + finding.cell().metric(),
                        ours,
                        number(finding.reference().spread().mean()),
                        number(finding.marginPoints()));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
