package io.maeharness.core.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What lies beside the images of a data set and is not read.
 *
 * @param files a line for each part of the data set that holds files that are no images, or none that can be read
 * @param damaged a line for each part of the data set whose damaged images were skipped
 * @param remarks lines about what is read and may surprise
 */
public record LeftOut(List<String> files, List<String> damaged, List<String> remarks) {
    /** Nothing is left out. */
    public static final LeftOut NOTHING = new LeftOut(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public LeftOut {
        files = List.copyOf(files);
        damaged = List.copyOf(damaged);
        remarks = List.copyOf(remarks);
    }

    /** All lines for the user. */
    public List<String> lines() {
        return Stream.of(files, damaged, remarks).flatMap(List::stream).toList();
    }

    /** What of it belongs into the provenance of a result: nothing where nothing is left out. */
    public Map<String, String> facts() {
        Map<String, String> facts = new TreeMap<>();
        if (!files.isEmpty()) {
            facts.put("files not read", String.join("; ", files));
        }
        if (!damaged.isEmpty()) {
            facts.put("damaged images skipped", String.join("; ", damaged));
        }
        return facts;
    }

    /** This and that. */
    LeftOut and(LeftOut other) {
        return new LeftOut(joined(files, other.files), joined(damaged, other.damaged), joined(remarks, other.remarks));
    }

    /** This, and a line about skipped images. */
    LeftOut andDamaged(String line) {
        return and(new LeftOut(List.of(), List.of(line), List.of()));
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
