package io.maeharness.results.gate;

import io.maeharness.results.gate.GateFinding.Status;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the gate found, and what follows from it.
 *
 * @param title what was compared with what
 * @param findings in the order in which they were made
 */
public record GateReport(String title, List<GateFinding> findings) {
    /** Copies the list. */
    public GateReport {
        findings = List.copyOf(findings);
    }

    /** A regression if there is one, else that nothing can be said if that is all there is, else as the reference. */
    public Status verdict() {
        if (has(Status.REGRESSION)) {
            return Status.REGRESSION;
        }
        return has(Status.CANNOT_TELL) || findings.isEmpty() ? Status.CANNOT_TELL : Status.SAME;
    }

    private boolean has(Status status) {
        return findings.stream().anyMatch(finding -> finding.status() == status);
    }

    /** The findings, the worst first, otherwise in their order. */
    public List<GateFinding> worstFirst() {
        return findings.stream()
                .sorted(Comparator.comparingInt(finding -> rank(finding.status())))
                .toList();
    }

    private static int rank(Status status) {
        return switch (status) {
            case REGRESSION -> 0;
            case CANNOT_TELL -> 1;
            case BETTER -> 2;
            case SAME -> 3;
        };
    }

    /** For example {@code 61 compared: 59 same, 2 regression}. */
    public String line() {
        Map<Status, Long> counts = new EnumMap<>(Status.class);
        findings.forEach(finding -> counts.merge(finding.status(), 1L, Long::sum));
        return findings.size() + " compared: "
                + counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey().words())
                        .collect(Collectors.joining(", "));
    }
}
