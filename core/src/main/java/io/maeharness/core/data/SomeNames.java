package io.maeharness.core.data;

import io.maeharness.core.error.Quoted;
import java.util.List;
import java.util.stream.Collectors;

/** The first few of many names, for a line. */
final class SomeNames {
    private static final int MOST = 5;

    private SomeNames() {}

    /** The first five, and how many more there are. */
    static String of(List<String> names) {
        String first = names.stream().limit(MOST).map(Quoted::cut).collect(Collectors.joining(", "));
        return names.size() <= MOST ? first : first + " and " + (names.size() - MOST) + " more";
    }
}
