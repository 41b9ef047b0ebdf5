package io.maeharness.core.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A batch of the Python version of CIFAR-10: a pickled dictionary with the pixels as an array of NumPy and the labels as a
 * list.
 *
 * <p>The pickle is read as data: no class is looked up and no function called; what one would build stays a list of what it
 * would be given. Only operations that such a file has are known. What was found is not believed: whoever asks compares the
 * digest of the images. Source of the operations: CPython, {@code Lib/pickletools.py}.
 */
final class PickledBatch {
    private static final int MOST_VALUES = 1_000_000;
    private static final int LONGEST_NAME = 200;
    private static final Object MARK = new Object();
    private static final Object NONE = new Object();

    private final ByteBuffer in;
    private final Deque<Object> stack = new ArrayDeque<>();
    private final Map<Long, Object> memo = new HashMap<>();
    private int values;

    private PickledBatch(byte[] pickle) {
        in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The records of a pickled batch as the binary version has them: label, red, green and blue plane.
     *
     * @param pixels bytes of an image
     * @throws IOException that says in a few words why it is no such batch
     */
    static byte[] records(byte[] pickle, int pixels) throws IOException {
        if (!(new PickledBatch(pickle).run() instanceof Map<?, ?> batch)) {
            throw new IOException("it holds no dictionary");
        }
        if (!(batch.get("labels") instanceof List<?> labels)) {
            throw new IOException(
                    batch.containsKey("fine_labels") ? "it is a batch of CIFAR-100" : "it holds no list 'labels'");
        }
        byte[] planes = bytes(batch.get("data"), (long) labels.size() * pixels);
        ByteBuffer records = ByteBuffer.allocate(labels.size() * (1 + pixels));
        for (int i = 0; i < labels.size(); i++) {
            if (!(labels.get(i) instanceof Long label) || label < 0 || label > Byte.MAX_VALUE) {
                throw new IOException("it holds a label that is none");
            }
            records.put(label.byteValue()).put(planes, i * pixels, pixels);
        }
        return records.array();
    }

    /** The only bytes of this length in what would be an array. */
    private static byte[] bytes(Object array, long length) throws IOException {
        Deque<Object> open = new ArrayDeque<>();
        open.push(array == null ? NONE : array);
        int seen = 0;
        while (!open.isEmpty() && seen < MOST_VALUES) {
            Object value = open.pop();
            seen++;
            if (value instanceof byte[] found && found.length == length) {
                return found;
            }
            if (value instanceof String text && text.length() == length) {
                return text.getBytes(StandardCharsets.ISO_8859_1);
            }
            if (value instanceof List<?> parts && open.size() + parts.size() < MOST_VALUES) {
                parts.forEach(open::push);
            }
        }
        throw new IOException("it holds no 'data' of " + length + " bytes");
    }

    private Object run() throws IOException {
        for (int operation = unsigned8(); operation != '.'; operation = unsigned8()) {
            if (!scalar(operation) && !container(operation) && !memory(operation) && !object(operation)) {
                throw new IOException(String.format(
                        java.util.Locale.ROOT,
                        "its pickle has the operation 0x%02x, which no such batch has",
                        operation));
            }
        }
        return pop();
    }

    private boolean scalar(int operation) throws IOException {
        switch (operation) {
            case 'N', 0x88, 0x89 -> push(NONE);
            case 'K' -> push((long) unsigned8());
            case 'M' -> push((long) (unsigned8() | (unsigned8() << 8)));
            case 'J' -> push((long) signed32());
            case 'U' -> push(text(unsigned8()));
            case 'T' -> push(text(signed32()));
            case 'X' -> push(utf8(signed32()));
            case 0x8c -> push(utf8(unsigned8()));
            case 'C' -> push(bytes(unsigned8()));
            case 'B' -> push(bytes(signed32()));
            case 0x8e, 0x96 -> push(bytes(signed64()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int operation) throws IOException {
        switch (operation) {
            case '}' -> push(new LinkedHashMap<>());
            case ']', ')' -> push(new ArrayList<>());
            case '(' -> push(MARK);
            case 't', 'l' -> push(popToMark());
            case 0x85 -> push(pop(1));
            case 0x86 -> push(pop(2));
            case 0x87 -> push(pop(3));
            case 'a' -> append(pop(1));
            case 'e' -> append(popToMark());
            case 's' -> put(pop(2));
            case 'u' -> put(popToMark());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean memory(int operation) throws IOException {
        switch (operation) {
            case 0x80 -> unsigned8();
            case 0x95 -> signed64();
            case 'q' -> memo.put((long) unsigned8(), top());
            case 'r' -> memo.put((long) signed32(), top());
            case 0x94 -> memo.put((long) memo.size(), top());
            case 'h' -> push(recalled(unsigned8()));
            case 'j' -> push(recalled(signed32()));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** A call or an object becomes the list of what it is made of. */
    private boolean object(int operation) throws IOException {
        switch (operation) {
            case 'c' -> push(List.of(line(), line()));
            case 0x93, 'R', 0x81 -> push(pop(2));
            case 'b' -> push(pop(2));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void append(List<Object> items) throws IOException {
        if (!(top() instanceof ArrayList<?>)) {
            throw new IOException("its pickle appends to what is no list");
        }
        @SuppressWarnings("unchecked") // only this class makes them
        List<Object> list = (List<Object>) top();
        list.addAll(items);
    }

    private void put(List<Object> pairs) throws IOException {
        if (!(top() instanceof LinkedHashMap<?, ?>) || pairs.size() % 2 != 0) {
            throw new IOException("its pickle puts items into what is no dictionary");
        }
        @SuppressWarnings("unchecked") // only this class makes them
        Map<Object, Object> map = (Map<Object, Object>) top();
        for (int i = 0; i < pairs.size(); i += 2) {
            Object key = pairs.get(i);
            if (key instanceof byte[] name) {
                key = new String(name, StandardCharsets.ISO_8859_1);
            }
            if (!(key instanceof String)) {
                throw new IOException("its pickle has a key that is no text");
            }
            map.put(key, pairs.get(i + 1));
        }
    }

    private void push(Object value) throws IOException {
        values++;
        if (values > MOST_VALUES) {
            throw new IOException("its pickle builds more than " + MOST_VALUES + " values");
        }
        stack.push(value);
    }

    private Object pop() throws IOException {
        if (stack.isEmpty()) {
            throw new IOException("its pickle takes a value that is not there");
        }
        return stack.pop();
    }

    private Object top() throws IOException {
        Object top = pop();
        stack.push(top);
        return top;
    }

    /** The uppermost values, the uppermost last. */
    private List<Object> pop(int count) throws IOException {
        List<Object> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(0, pop());
        }
        return taken;
    }

    private List<Object> popToMark() throws IOException {
        List<Object> taken = new ArrayList<>();
        for (Object value = pop(); value != MARK; value = pop()) {
            taken.add(value);
        }
        java.util.Collections.reverse(taken);
        return taken;
    }

    private Object recalled(long index) throws IOException {
        Object value = memo.get(index);
        if (value == null) {
            throw new IOException("its pickle recalls a value that was never kept");
        }
        return value;
    }

    private void need(long count) throws IOException {
        if (count < 0 || count > in.remaining()) {
            throw new IOException("its pickle ends early");
        }
    }

    private int unsigned8() throws IOException {
        need(1);
        return Byte.toUnsignedInt(in.get());
    }

    private int signed32() throws IOException {
        need(Integer.BYTES);
        return in.getInt();
    }

    private long signed64() throws IOException {
        need(Long.BYTES);
        return in.getLong();
    }

    private byte[] bytes(long count) throws IOException {
        need(count);
        byte[] read = new byte[(int) count];
        in.get(read);
        return read;
    }

    /** Text of Python 2, whose characters are bytes. */
    private String text(long count) throws IOException {
        return new String(bytes(count), StandardCharsets.ISO_8859_1);
    }

    private String utf8(long count) throws IOException {
        return new String(bytes(count), StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = unsigned8(); c != '\n'; c = unsigned8()) {
            line.append((char) c);
            if (line.length() > LONGEST_NAME) {
                throw new IOException("its pickle has a name without an end");
            }
        }
        return line.toString();
    }
}
