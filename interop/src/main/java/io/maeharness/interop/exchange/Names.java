package io.maeharness.interop.exchange;

import io.maeharness.core.error.Quoted;
import java.util.Collection;
import java.util.stream.Collectors;

/** Names in a file, shortened to what fits a line. */
final class Names {
    private static final int MOST = 6;

    private Names() {}

    /** The first names in quotation marks, and how many more there are. */
    static String some(Collection<String> names) {
        return names.stream().limit(MOST).map(Quoted::of).collect(Collectors.joining(", "))
                + (names.size() > MOST ? " and " + (names.size() - MOST) + " more" : "");
    }
}
