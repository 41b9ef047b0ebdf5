package io.maeharness.interop.exchange;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stack, the marks and the memo of a pickle, bounded so that no pickle fills the memory. */
final class PickleStack {
    /** A ViT-H with its optimiser's state pushes 40,000 values. */
    private static final int MOST_VALUES = 500_000;

    private final List<PickleValue> values = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Long, PickleValue> memo = new HashMap<>();
    private int made;

    private void count() throws IOException {
        made++;
        if (made > MOST_VALUES) {
            throw new IOException("its pickle builds more than " + MOST_VALUES + " values");
        }
    }

    void push(PickleValue value) throws IOException {
        count();
        values.add(value);
    }

    PickleValue pop() throws IOException {
        int floor = marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
        if (values.size() <= floor) {
            throw new IOException("its pickle takes a value that is not there");
        }
        return values.remove(values.size() - 1);
    }

    PickleValue top() throws IOException {
        PickleValue top = pop();
        values.add(top);
        return top;
    }

    void mark() throws IOException {
        count();
        marks.add(values.size());
    }

    boolean isAtMark() {
        return !marks.isEmpty() && marks.get(marks.size() - 1) == values.size();
    }

    /** The values above the last mark, which goes too. */
    List<PickleValue> popToMark() throws IOException {
        if (marks.isEmpty()) {
            throw new IOException("its pickle takes values up to a mark that is not there");
        }
        List<PickleValue> above = values.subList(marks.remove(marks.size() - 1), values.size());
        List<PickleValue> taken = List.copyOf(above);
        above.clear();
        return taken;
    }

    /** The uppermost values, the uppermost last. */
    List<PickleValue> pop(int count) throws IOException {
        List<PickleValue> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(0, pop());
        }
        return taken;
    }

    void memoize(long index) throws IOException {
        count();
        memo.put(index, top());
    }

    void memoizeNext() throws IOException {
        memoize(memo.size());
    }

    void recall(long index) throws IOException {
        PickleValue value = memo.get(index);
        if (value == null) {
            throw new IOException("its pickle recalls a value that was never kept");
        }
        push(value);
    }
}
