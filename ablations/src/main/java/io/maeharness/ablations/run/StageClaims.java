package io.maeharness.ablations.run;

import io.maeharness.results.Provenance;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which of several results gives a stage: the first in which it is finished. Its values, provenance, loss curve and outcome
 * come from there alone, so that none of them speaks of the numbers of another machine.
 */
final class StageClaims {
    private final Map<String, MergeSource> owners = new HashMap<>();

    /** Claims in the order of the sources. */
    StageClaims(List<MergeSource> sources) {
        sources.forEach(source -> source.finished().forEach(hash -> owners.putIfAbsent(hash, source)));
    }

    /** Where each stage that is finished anywhere is taken from, by hash. */
    Map<String, MergeSource> owners() {
        return Map.copyOf(owners);
    }

    /** Whether a row of a source may stand beside what is taken of its stage. */
    boolean admits(MergeSource source, ResultRow row) {
        return row.state() != ResultState.MEASURED
                || row.provenance().isEmpty()
                || Optional.ofNullable(owners.get(row.stage()))
                        .map(owner -> agree(owner, source, row.stage()))
                        .orElse(true);
    }

    /** Whether two sources hold the same values of a stage, as far as that is known. */
    static boolean agree(MergeSource one, MergeSource other, String stage) {
        if (one.equals(other)) {
            return true;
        }
        Optional<Provenance> mine = one.record(stage);
        Optional<Provenance> theirs = other.record(stage);
        return mine.isPresent()
                && theirs.isPresent()
                && mine.get().agreesWith(theirs.get()).orElse(false);
    }

    /** The stages that a source and another have both finished, each with a record. */
    static Set<String> shared(MergeSource one, MergeSource other) {
        return one.provenance().keySet().stream()
                .filter(other.provenance()::containsKey)
                .collect(Collectors.toSet());
    }
}
