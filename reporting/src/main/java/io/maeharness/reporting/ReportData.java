package io.maeharness.reporting;

import io.maeharness.results.LossCurve;
import io.maeharness.results.Provenance;
import io.maeharness.results.ProvenanceStore;
import io.maeharness.results.ResultCsv;
import io.maeharness.results.ResultRow;
import io.maeharness.results.ResultStoreException;
import io.maeharness.results.StoreFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Copies of the data behind a report, so that its directory is complete when it is published alone. */
final class ReportData {

    private final ReportRequest request;

    ReportData(ReportRequest request) {
        this.request = request;
    }

    /** Copies rows, provenance records, loss curves and pictures below the output; unchanged files are left alone. */
    void write() {
        Path data = request.output().resolve("data");
        StoreFile.writeDerived(data.resolve("results.csv"), ResultCsv.print(request.allRows()));
        ProvenanceStore copies = new ProvenanceStore(data.resolve("provenance"));
        for (String key : copied()) {
            copy(request.provenance().file(key), copies.file(key));
        }
        for (ReportRequest.Curve curve : request.curves()) {
            copy(
                    LossCurve.file(request.curvesDirectory(), curve.stage()),
                    LossCurve.file(data.resolve("curves"), curve.stage()));
        }
        writePictures(request.output().resolve("pictures"));
    }

    /** With their list, so that a later report can take them over. */
    private void writePictures(Path pictures) {
        List<Pictures.Picture> entries = Pictures.read(request.picturesDirectory());
        entries.forEach(
                picture -> copy(request.picturesDirectory().resolve(picture.file()), pictures.resolve(picture.file())));
        if (!entries.isEmpty()) {
            Pictures.write(pictures, entries);
        }
    }

    /** Provenance of the rows and of the pre-training stages, by key. */
    List<Provenance> provenance() {
        List<Provenance> records = new ArrayList<>();
        keys().forEach(key -> request.provenance().read(key).ifPresent(records::add));
        return records;
    }

    /** Relative address of a record's copy; empty when there is no record. */
    Optional<String> link(String key) {
        return Files.isRegularFile(request.provenance().file(key))
                ? Optional.of("data/provenance/" + key + ".json")
                : Optional.empty();
    }

    /** What the page sums up, and what it rests on. */
    private SortedSet<String> copied() {
        SortedSet<String> keys = keys();
        keys.addAll(request.ancestors());
        return keys;
    }

    private SortedSet<String> keys() {
        TreeSet<String> keys = new TreeSet<>();
        request.allRows().stream()
                .map(ResultRow::provenance)
                .filter(key -> !key.isEmpty())
                .forEach(keys::add);
        request.curves().forEach(curve -> keys.add(curve.stage()));
        return keys;
    }

    private static void copy(Path from, Path to) {
        if (!Files.isRegularFile(from)) {
            return;
        }
        try {
            StoreFile.writeDerived(to, Files.readAllBytes(from));
        } catch (IOException e) {
            throw new ResultStoreException(
                    ResultStoreException.Kind.IO, "cannot read " + from + "; check that it is a readable file", e);
        }
    }
}
