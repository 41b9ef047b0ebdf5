package io.maeharness.interop.exchange;

import io.maeharness.core.checkpoint.ElementType;
import io.maeharness.core.error.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a pickle can hold here: plain values, containers, tensors, and everything else as an opaque value.
 *
 * <p>Containers have no {@code equals} of their own: a pickle may build a list that holds itself, and nothing here walks
 * into what it has built without being asked for a key.
 */
sealed interface PickleValue {
    /** What it is, in a word or two for a message. */
    String what();

    /** None, a truth value, a number, text or bytes. */
    record Scalar(Object value) implements PickleValue {
        static final Scalar NONE = new Scalar(Optional.empty());

        @Override
        public String what() {
            return equals(NONE) ? "None" : "a " + value.getClass().getSimpleName();
        }
    }

    /** A list, tuple or set. */
    final class Sequence implements PickleValue {
        private final List<PickleValue> items = new ArrayList<>();

        List<PickleValue> items() {
            return items;
        }

        @Override
        public String what() {
            return "a list";
        }
    }

    /** A dictionary, ordered or not. */
    final class Dictionary implements PickleValue {
        private final Map<Object, PickleValue> items = new LinkedHashMap<>();

        /** Values by key; the key is text for text and a number for a number. */
        Map<Object, PickleValue> items() {
            return items;
        }

        void put(PickleValue key, PickleValue value) {
            items.put(key instanceof Scalar scalar ? scalar.value() : key, value);
        }

        @Override
        public String what() {
            return "a dictionary";
        }
    }

    /** The name of a class or function, which is never looked up. */
    record Global(String module, String name) implements PickleValue {
        boolean is(String wanted) {
            return wanted.equals(module + "." + name);
        }

        @Override
        public String what() {
            return Quoted.of(module + "." + name);
        }
    }

    /** Something that only a class or function could build, which is never done. */
    final class Opaque implements PickleValue {
        private final String what;
        private Dictionary state = new Dictionary();

        Opaque(String what) {
            this.what = what;
        }

        @Override
        public String what() {
            return what;
        }

        /** What its attributes would be set from: values of a pickle like any others. */
        Dictionary state() {
            return state;
        }

        /** Keeps what its attributes would be set from; a reference, however often a pickle says it. */
        void state(Dictionary given) {
            state = given;
        }
    }

    /**
     * A storage of the archive.
     *
     * @param type format of its values
     * @param key name of its entry
     * @param count how many values it holds, which has been checked against the entry
     */
    record Storage(ElementType type, String key, long count) implements PickleValue {
        @Override
        public String what() {
            return "a storage";
        }
    }

    /** A view of a storage, inside which it lies. */
    record Tensor(Storage storage, StridedView view) implements PickleValue {
        @Override
        public String what() {
            return "a tensor";
        }
    }
}
