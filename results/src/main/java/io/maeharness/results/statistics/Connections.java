package io.maeharness.results.statistics;

import java.util.stream.IntStream;

/** Which cases share blocks, directly or over others: only within such a group can cases be compared. */
final class Connections {
    private final int[] parent;
    private final int cases;

    Connections(boolean[][] present) {
        cases = present.length;
        int blocks = cases == 0 ? 0 : present[0].length;
        parent = IntStream.range(0, cases + blocks).toArray();
        for (int i = 0; i < cases; i++) {
            for (int s = 0; s < blocks; s++) {
                if (present[i][s]) {
                    join(i, cases + s);
                }
            }
        }
    }

    /** The group of a case: the number of its first case. */
    int group(int caseIndex) {
        int root = root(caseIndex);
        return IntStream.range(0, cases)
                .filter(other -> root(other) == root)
                .findFirst()
                .orElseThrow();
    }

    /** Number of groups, where blocks without cells and cases without blocks count as one each. */
    int count() {
        return (int) IntStream.range(0, parent.length)
                .filter(node -> root(node) == node)
                .count();
    }

    private void join(int a, int b) {
        parent[root(b)] = root(a);
    }

    private int root(int node) {
        int at = node;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }
}
