package io.maeharness.reporting;

import io.maeharness.results.MetricLayout;
import io.maeharness.results.ProvenanceStore;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.TableLayout;
import io.maeharness.results.Unit;
import io.maeharness.results.difference.RecordedAnswers;
import io.maeharness.results.statistics.TestSplitError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A remark on what the choice of test images means for a table: the binomial error that all of its accuracies share, and what
 * single images that flip between seeds make of the deviations. Nothing is said where no record holds the answers.
 */
final class TestImages {
    private final Map<MetricLayout, List<List<RecordedAnswers>>> columns;

    private TestImages(Map<MetricLayout, List<List<RecordedAnswers>>> columns) {
        this.columns = columns;
    }

    /** One remark, or none where the answers to single images are not known, or were given to splits of different size. */
    static List<String> remarks(TableLayout layout, Collection<ResultRow> rows, ProvenanceStore provenance) {
        Map<MetricLayout, List<List<RecordedAnswers>>> columns = layout.metrics().stream()
                .filter(metric -> metric.unit() == Unit.PERCENT)
                .collect(Collectors.toMap(metric -> metric, metric -> cells(layout, metric, rows, provenance)));
        return new TestImages(columns).remark(layout).stream().toList();
    }

    private static List<List<RecordedAnswers>> cells(
            TableLayout layout, MetricLayout metric, Collection<ResultRow> rows, ProvenanceStore provenance) {
        Map<String, List<RecordedAnswers>> byCase = new TreeMap<>();
        rows.stream()
                .filter(row -> row.table().equals(layout.id()) && row.metric().equals(metric.key()))
                .filter(row ->
                        row.state() == ResultState.MEASURED && !row.provenance().isEmpty())
                .forEach(row -> provenance
                        .read(row.provenance())
                        .flatMap(
                                record -> RecordedAnswers.of(record, row.value().orElseThrow()))
                        .ifPresent(answers -> byCase.computeIfAbsent(row.caseKey(), key -> new ArrayList<>())
                                .add(answers)));
        return List.copyOf(byCase.values());
    }

    private Optional<String> remark(TableLayout layout) {
        List<RecordedAnswers> all = columns.values().stream()
                .flatMap(Collection::stream)
                .flatMap(Collection::stream)
                .toList();
        List<Integer> sizes =
                all.stream().map(RecordedAnswers::images).distinct().toList();
        if (sizes.size() != 1) {
            return Optional.empty();
        }
        double largest = all.stream()
                .mapToDouble(answers -> TestSplitError.ofAccuracy(
                        100.0 * answers.correct().cardinality() / answers.images(), answers.images()))
                .max()
                .orElseThrow();
        return Optional.of(String.format(
                        Locale.ROOT,
                        "Test images: all rows and seeds share the same %,d, so intervals are about these"
                                + " images. Other images of the kind would move single accuracies by a binomial error of up to %s"
                                + " points, mostly all rows alike.",
                        sizes.get(0),
                        Notation.decimal(largest, 2))
                + flips(layout));
    }

    /** Deviation over seeds that comes from single images, column by column; empty with one seed. */
    private String flips(TableLayout layout) {
        List<String> known = new ArrayList<>();
        for (MetricLayout metric : layout.metrics()) {
            deviation(columns.getOrDefault(metric, List.of()))
                    .ifPresent(points -> known.add(Notation.decimal(points, 2) + " in " + metric.label()));
        }
        return known.isEmpty()
                ? ""
                : " Of the deviation over seeds, flips of single images make " + String.join(", ", known) + ".";
    }

    private static OptionalDouble deviation(List<List<RecordedAnswers>> cells) {
        return cells.stream()
                .filter(seeds -> seeds.size() > 1)
                .mapToDouble(seeds -> TestSplitError.ofFlips(
                        seeds.get(0).images(),
                        seeds.stream().map(RecordedAnswers::correct).toList()))
                .map(points -> points * points)
                .average()
                .stream()
                .map(Math::sqrt)
                .findFirst();
    }
}
