package io.maeharness.results;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks shared by the records of a table's layout. */
final class LayoutChecks {

    private LayoutChecks() {}

    static void requireText(String what, String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank, got '" + text + "'");
        }
    }

    static void requireDistinct(String what, List<String> keys) {
        Set<String> seen = new HashSet<>();
        for (String key : keys) {
            if (!seen.add(key)) {
                throw new IllegalArgumentException(what + " must be distinct, got '" + key + "' twice");
            }
        }
    }
}
