package io.maeharness.cli;

import io.maeharness.ablations.plan.Selection;
import io.maeharness.core.error.HarnessException;
import io.maeharness.core.error.HarnessException.Kind;
import io.maeharness.reporting.Reporter;
import io.maeharness.workbench.Checkout;
import io.maeharness.workbench.Session;
import io.maeharness.workbench.report.Publication;
import io.maeharness.workbench.report.ReportWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mae report}. */
@Command(
        name = "report",
        description = "Render what has been measured, with the options it was measured with. Measures nothing.")
final class ReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TABLE[/CASE]", description = "tables to show even where nothing is measured yet")
    private List<String> selectors = new ArrayList<>();

    @Option(
            names = "--publish",
            description =
                    "add the results to those in results/published/<profile> of the checkout, and render them there"
                            + " and into README.md")
    private boolean publish;

    @Option(
            names = "--replace",
            description = "publish although published values of this profile go that were measured with other options")
    private boolean replace;

    @Mixin
    private MetricsOption metrics = new MetricsOption();

    @Mixin
    private ImportOption importing = new ImportOption();

    @Mixin
    private SessionOptions options = new SessionOptions();

    /** With the seeds of the run, and of what is published where that is rendered too. */
    private Session shown(Session session) {
        if (!publish) {
            return session.shown();
        }
        Path published = Checkout.ofLauncher().published(session.settings().name());
        return session.shown(List.of(session.output().results(), Publication.store(published)));
    }

    @Override
    public Integer call() {
        if (publish && metrics.isGiven()) {
            throw new HarnessException(Kind.USAGE, "--publish shows all columns; leave --metrics out");
        }
        PrintWriter out = spec.commandLine().getOut();
        Session session = shown(importing.applied(options.open(), selectors));
        Selection all = session.selection(selectors.isEmpty() ? List.of(Selection.ALL) : selectors);
        ReportWriter writer =
                new ReportWriter(session, session.plan(session.selection(selectors)), metrics.applied(all)::measures);
        writer.recordLooks();
        Reporter.Rendered report = writer.write();
        out.println("report: " + report.index());
        report.plotProblem().ifPresent(out::println);
        writer.leftOut().ifPresent(out::println);
        if (publish) {
            Checkout checkout = Checkout.ofLauncher();
            Path published = checkout.published(session.settings().name());
            new Publication(published, replace).add(writer, session.output());
            out.println("published: " + published);
            checkout.refreshReadme(session.settings().name());
        }
        out.flush();
        return ExitCode.OK.code();
    }
}
