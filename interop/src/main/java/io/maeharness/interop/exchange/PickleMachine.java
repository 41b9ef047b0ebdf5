package io.maeharness.interop.exchange;

import io.maeharness.interop.exchange.PickleValue.Dictionary;
import io.maeharness.interop.exchange.PickleValue.Global;
import io.maeharness.interop.exchange.PickleValue.Opaque;
import io.maeharness.interop.exchange.PickleValue.Scalar;
import io.maeharness.interop.exchange.PickleValue.Sequence;
import java.io.IOException;
import java.util.List;

/**
 * Runs a pickle without ever looking up a class or calling a function.
 *
 * <p>It knows the operations of protocols 2 to 5 that {@code torch.save} writes and refuses the others. What a class or
 * function would build becomes a tensor where {@link TorchObjects} knows it, and an opaque value elsewhere. Source:
 * CPython, {@code Lib/pickletools.py}.
 */
final class PickleMachine {
    private static final int NEWEST_PROTOCOL = 5;

    private final PickleInput input;
    private final PickleStack stack = new PickleStack();
    private final TorchObjects objects;

    private PickleMachine(byte[] pickle, TorchObjects objects) {
        this.input = new PickleInput(pickle);
        this.objects = objects;
    }

    /**
     * The value of a pickle.
     *
     * @throws IOException that says in a few words what is wrong with it
     */
    static PickleValue run(byte[] pickle, TorchObjects objects) throws IOException {
        return new PickleMachine(pickle, objects).run();
    }

    private PickleValue run() throws IOException {
        int operation = input.unsigned8();
        while (operation != '.') {
            if (!number(operation)
                    && !text(operation)
                    && !container(operation)
                    && !item(operation)
                    && !memory(operation)
                    && !object(operation)) {
                throw new IOException(String.format(
                        "its pickle has the operation 0x%02x, which torch.save does not write", operation));
            }
            operation = input.unsigned8();
        }
        return stack.pop();
    }

    private boolean number(int operation) throws IOException {
        switch (operation) {
            case 'N' -> stack.push(Scalar.NONE);
            case 0x88 -> stack.push(new Scalar(true));
            case 0x89 -> stack.push(new Scalar(false));
            case 'J' -> stack.push(new Scalar((long) input.signed32()));
            case 'K' -> stack.push(new Scalar((long) input.unsigned8()));
            case 'M' -> stack.push(new Scalar((long) input.unsigned16()));
            case 0x8a -> pushInteger(input.unsigned8());
            case 0x8b -> pushInteger(input.signed32());
            case 'G' -> stack.push(new Scalar(input.real()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void pushInteger(long bytes) throws IOException {
        Long value = input.integer(bytes);
        stack.push(value == null ? new Opaque("a number of " + bytes + " bytes") : new Scalar(value));
    }

    private boolean text(int operation) throws IOException {
        switch (operation) {
            case 'X' -> stack.push(new Scalar(input.text(input.unsigned32())));
            case 0x8c -> stack.push(new Scalar(input.text(input.unsigned8())));
            case 0x8d -> stack.push(new Scalar(input.text(input.signed64())));
            case 'T' -> stack.push(new Scalar(input.text(input.signed32())));
            case 'U' -> stack.push(new Scalar(input.text(input.unsigned8())));
            case 'B' -> stack.push(new Scalar(input.bytes(input.unsigned32())));
            case 'C' -> stack.push(new Scalar(input.bytes(input.unsigned8())));
            case 0x8e, 0x96 -> stack.push(new Scalar(input.bytes(input.signed64())));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int operation) throws IOException {
        switch (operation) {
            case '}' -> stack.push(new Dictionary());
            case ']', ')', 0x8f -> stack.push(new Sequence());
            case '(' -> stack.mark();
            case 't', 'l', 0x91 -> pushSequence(stack.popToMark());
            case 0x85 -> pushSequence(stack.pop(1));
            case 0x86 -> pushSequence(stack.pop(2));
            case 0x87 -> pushSequence(stack.pop(3));
            case 'd' -> {
                List<PickleValue> pairs = stack.popToMark();
                stack.push(new Dictionary());
                setItems(pairs);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void pushSequence(List<PickleValue> items) throws IOException {
        Sequence sequence = new Sequence();
        sequence.items().addAll(items);
        stack.push(sequence);
    }

    private boolean item(int operation) throws IOException {
        switch (operation) {
            case 's' -> setItems(stack.pop(2));
            case 'u' -> setItems(stack.popToMark());
            case 'a' -> append(stack.pop(1));
            case 'e', 0x90 -> append(stack.popToMark());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void setItems(List<PickleValue> pairs) throws IOException {
        if (pairs.size() % 2 != 0) {
            throw new IOException("its pickle has a key without a value");
        }
        PickleValue target = stack.top();
        if (target instanceof Dictionary dictionary) {
            for (int i = 0; i < pairs.size(); i += 2) {
                dictionary.put(pairs.get(i), pairs.get(i + 1));
            }
        } else if (!(target instanceof Opaque)) {
            throw new IOException("its pickle puts an item into " + target.what());
        }
    }

    private void append(List<PickleValue> items) throws IOException {
        PickleValue target = stack.top();
        if (target instanceof Sequence sequence) {
            sequence.items().addAll(items);
        } else if (!(target instanceof Opaque)) {
            throw new IOException("its pickle appends to " + target.what());
        }
    }

    private boolean memory(int operation) throws IOException {
        switch (operation) {
            case 'q' -> stack.memoize(input.unsigned8());
            case 'r' -> stack.memoize(input.unsigned32());
            case 0x94 -> stack.memoizeNext();
            case 'h' -> stack.recall(input.unsigned8());
            case 'j' -> stack.recall(input.unsigned32());
            case '2' -> stack.push(stack.top());
            case '1' -> stack.popToMark();
            case '0' -> {
                if (stack.isAtMark()) {
                    stack.popToMark();
                } else {
                    stack.pop();
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean object(int operation) throws IOException {
        switch (operation) {
            case 0x80 -> {
                int protocol = input.unsigned8();
                if (protocol > NEWEST_PROTOCOL) {
                    throw new IOException("its pickle has protocol " + protocol + ", the newest known is 5");
                }
            }
            case 0x95 -> input.signed64();
            case 'c' -> stack.push(TorchObjects.named(input.line(), input.line()));
            case 0x93 -> {
                List<PickleValue> names = stack.pop(2);
                stack.push(TorchObjects.named(text(names.get(0)), text(names.get(1))));
            }
            case 'R', 0x81 -> {
                List<PickleValue> call = stack.pop(2);
                stack.push(objects.made(call.get(0), call.get(1)));
            }
            case 0x92 ->
                stack.push(new Opaque("an object of " + stack.pop(3).get(0).what()));
            case 'b' -> setState(stack.pop());
            case 'Q' -> stack.push(objects.storage(stack.pop()));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** What a container or an unknown object keeps beside its items is of no use here; a tensor has nothing else. */
    private void setState(PickleValue state) throws IOException {
        PickleValue target = stack.top();
        boolean harmless = target instanceof Dictionary || target instanceof Opaque || target instanceof Global;
        if (!harmless) {
            throw new IOException("its pickle sets the state of " + target.what() + " to " + state.what());
        }
        if (target instanceof Opaque opaque && state instanceof Dictionary attributes) {
            opaque.state(attributes);
        }
    }

    private static String text(PickleValue value) throws IOException {
        if (value instanceof Scalar scalar && scalar.value() instanceof String text) {
            return text;
        }
        throw new IOException("its pickle names a class by " + value.what());
    }
}
