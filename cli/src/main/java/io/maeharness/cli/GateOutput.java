package io.maeharness.cli;

import io.maeharness.results.StoreFile;
import io.maeharness.results.gate.GateFinding;
import io.maeharness.results.gate.GateFinding.Status;
import io.maeharness.results.gate.GateFormats;
import io.maeharness.results.gate.GateReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say where the findings of {@code mae check} go besides the terminal. */
final class GateOutput {
    @Option(names = "--junit", paramLabel = "FILE", description = "write the findings as JUnit XML")
    private Optional<Path> junit = Optional.empty();

    @Option(names = "--markdown", paramLabel = "FILE", description = "write the findings for the summary of a CI job")
    private Optional<Path> markdown = Optional.empty();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "write the numbers as github-action-benchmark reads them (customBiggerIsBetter)")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--all", description = "print what is as the reference too")
    private boolean all;

    /** Prints the findings and writes the files. */
    void write(GateReport report, PrintWriter out) {
        junit.ifPresent(file -> StoreFile.write(file, GateFormats.junit(report)));
        markdown.ifPresent(file -> StoreFile.write(file, GateFormats.markdown(report)));
        json.ifPresent(file -> StoreFile.write(file, GateFormats.benchmark(report)));
        List<GateFinding> told = report.worstFirst().stream()
                .filter(finding -> all || finding.status() != Status.SAME)
                .toList();
        out.println(report.title());
        told.forEach(finding -> out.printf(
                "%-11s %-8s %-44s %s%n", finding.status().words(), finding.tier(), finding.name(), finding.detail()));
        out.println(report.line() + "; verdict: " + report.verdict().words());
        out.flush();
    }
}
