package io.maeharness.ablations.run;

import io.maeharness.core.error.HarnessException;
import io.maeharness.results.CellKey;
import io.maeharness.results.Provenance;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import io.maeharness.results.ResultStoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Finds what keeps runs from being merged. */
final class MergeCheck {
    private final List<MergeSource> sources;

    MergeCheck(List<MergeSource> sources) {
        this.sources = sources;
    }

    private record Place(CellKey cell, long seed, String precision) {}

    private record Found(MergeSource source, ResultRow row) {}

    /**
     * Compares every two of the runs.
     *
     * @throws HarnessException of kind USAGE when the same cell, seed and precision is of different stages, or of different
     *     values of one stage on different processors and none of the two runs is preferred
     * @throws ResultStoreException of kind CORRUPT when the same stage gave different values on the same kind of processor
     */
    void check() {
        for (int i = 0; i < sources.size(); i++) {
            for (int j = i + 1; j < sources.size(); j++) {
                checkCells(sources.get(i), sources.get(j));
                checkStages(sources.get(i), sources.get(j));
            }
        }
    }

    /** A run may hold several definitions of a cell; it fits when it shares one of them with the other. */
    private static void checkCells(MergeSource one, MergeSource other) {
        Map<Place, List<Found>> places = places(one);
        places(other).forEach((place, rows) -> {
            List<Found> known = places.getOrDefault(place, List.of());
            boolean shared = known.isEmpty();
            for (Found mine : known) {
                for (Found theirs : rows) {
                    if (mine.row().stage().equals(theirs.row().stage())) {
                        shared = true;
                        compare(mine, theirs);
                    }
                }
            }
            if (!shared) {
                refuse(known.get(0), rows.get(0));
            }
        });
    }

    private static Map<Place, List<Found>> places(MergeSource source) {
        Map<Place, List<Found>> places = new HashMap<>();
        for (ResultRow row : source.rows()) {
            if (row.state() == ResultState.MEASURED) {
                places.computeIfAbsent(
                                new Place(row.cell(), row.seed(), source.precision(row)), place -> new ArrayList<>())
                        .add(new Found(source, row));
            }
        }
        return places;
    }

    private static void refuse(Found one, Found other) {
        throw new HarnessException(
                HarnessException.Kind.USAGE,
                "nothing was merged: " + name(one.row()) + " is of stage "
                        + one.row().stage() + " in "
                        + one.source().name() + " and of stage " + other.row().stage() + " in "
                        + other.source().name()
                        + ", so of another configuration, data or definition; merge runs of the same options");
    }

    private static void compare(Found one, Found other) {
        double mine = one.row().value().orElseThrow();
        double theirs = other.row().value().orElseThrow();
        if (mine == theirs) {
            return;
        }
        refuse(
                name(one.row()) + ", stage " + one.row().stage() + ", is " + mine + " in "
                        + one.source().name() + " and " + theirs + " in "
                        + other.source().name(),
                one.source(),
                other.source(),
                one.row().provenance());
    }

    /** The same stage may fill different cells of two runs: its values as a whole are compared, not only those of cells. */
    private static void checkStages(MergeSource one, MergeSource other) {
        for (String stage : new TreeSet<>(StageClaims.shared(one, other))) {
            Provenance mine = one.record(stage).orElseThrow();
            if (!mine.agreesWith(other.record(stage).orElseThrow()).orElse(false)) {
                refuse(
                        "stage " + stage + " (" + mine.stage().kind() + " of seed "
                                + mine.stage().seed() + ") has not the same values in " + one.name() + " and in "
                                + other.name(),
                        one,
                        other,
                        stage);
            }
        }
    }

    /** A difference is a fault on the same kind of processor, and otherwise a choice that has to be made. */
    private static void refuse(String differ, MergeSource one, MergeSource other, String record) {
        Optional<Provenance> mine = one.record(record).filter(Provenance::isReproducible);
        Optional<String> processor = mine.map(Provenance::processor).filter(name -> other.record(record)
                .map(Provenance::processor)
                .filter(name::equals)
                .isPresent());
        if (processor.isPresent()) {
            throw new ResultStoreException(
                    ResultStoreException.Kind.CORRUPT,
                    "nothing was merged: " + differ + ", both on " + processor.get()
                            + ", where the same stage gives the same bits: one of them is faulty; run it again with"
                            + " --force");
        }
        if (!one.preferred() && !other.preferred()) {
            throw new HarnessException(
                    HarnessException.Kind.USAGE,
                    "nothing was merged: " + differ
                            + ", on different processors or as a time; say with --prefer RUN whose values to take");
        }
    }

    private static String name(ResultRow row) {
        return row.cell() + " of seed " + row.seed();
    }
}
