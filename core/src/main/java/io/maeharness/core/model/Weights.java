package io.maeharness.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.maeharness.core.engine.HostCopy;
import io.maeharness.core.engine.Torch;
import io.maeharness.core.random.Purpose;
import io.maeharness.core.random.StageRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parameters in the order of a layout, as fp32 DJL arrays that belong to the manager they were made with. */
public final class Weights {
    /** Floats of a vector register, and more: where a parameter begins must not decide how its sums are cut. */
    private static final int ALIGNMENT = 64;

    private final List<ParameterSpec> specs;
    private final List<NDArray> arrays;

    private Weights(List<ParameterSpec> specs, List<NDArray> arrays) {
        this.specs = List.copyOf(specs);
        this.arrays = List.copyOf(arrays);
    }

    /**
     * Draws the first values, each parameter by its name: models share those that they have in common.
     *
     * @param purpose {@code INITIALISATION}, or {@code HEAD} for what fine-tuning adds
     */
    public static Weights initialise(
            NDManager manager, List<ParameterSpec> specs, StageRandom random, Purpose purpose) {
        List<NDArray> arrays = new ArrayList<>();
        for (ParameterSpec spec : specs) {
            float[] values = new float[Math.toIntExact(spec.count())];
            spec.initialisation().fill(values, spec, random.at(purpose, spec.name()));
            arrays.add(Torch.owned(manager, values, new Shape(spec.sizes())));
        }
        return new Weights(specs, arrays);
    }

    /** Zeros in the shapes of the layout, as gradients and moments begin. */
    public static Weights zeros(NDManager manager, List<ParameterSpec> specs) {
        return new Weights(
                specs,
                specs.stream().map(s -> manager.zeros(new Shape(s.sizes()))).toList());
    }

    /**
     * Zeros in one piece of memory, as sums over a step are kept: they are cleared at once, and travel between devices in
     * few pieces.
     *
     * @param whole [n] fp32 of {@link #pieceOf} floats, whose parts the arrays are
     */
    public static Weights within(NDArray whole, List<ParameterSpec> specs) {
        List<NDArray> arrays = new ArrayList<>();
        long at = 0;
        for (ParameterSpec spec : specs) {
            arrays.add(whole.get(at + ":" + (at + spec.count())).reshape(new Shape(spec.sizes())));
            at += aligned(spec.count());
        }
        return new Weights(specs, arrays);
    }

    /** Floats of a piece of memory that holds these parameters. */
    public static long pieceOf(List<ParameterSpec> specs) {
        return specs.stream().mapToLong(spec -> aligned(spec.count())).sum();
    }

    private static long aligned(long count) {
        return (count + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /**
     * Copies named arrays into a new set; each must be there in its shape.
     *
     * @param found arrays by name; additional ones are ignored
     * @throws IllegalArgumentException naming a missing array, or one of another shape with both shapes
     */
    public static Weights of(NDManager manager, List<ParameterSpec> specs, Map<String, NDArray> found) {
        List<NDArray> arrays = new ArrayList<>();
        for (ParameterSpec spec : specs) {
            NDArray array = found.get(spec.name());
            Shape shape = new Shape(spec.sizes());
            if (array == null) {
                throw new IllegalArgumentException("tensor '" + spec.name() + "' " + shape + " is missing");
            }
            if (!array.getShape().equals(shape)) {
                throw new IllegalArgumentException(
                        "tensor '" + spec.name() + "' has shape " + array.getShape() + ", the model needs " + shape);
            }
            arrays.add(Torch.owned(manager, HostCopy.floats(array), shape));
        }
        return new Weights(specs, arrays);
    }

    /** The layout. */
    public List<ParameterSpec> specs() {
        return specs;
    }

    /** The arrays in the order of the layout. */
    public List<NDArray> arrays() {
        return arrays;
    }

    /**
     * The first parameters of the layout alone; the arrays are shared, not copied.
     *
     * @param count how many
     */
    public Weights first(int count) {
        return new Weights(specs.subList(0, count), arrays.subList(0, count));
    }

    /** The array of a name. */
    public NDArray get(String name) {
        for (int i = 0; i < specs.size(); i++) {
            if (specs.get(i).name().equals(name)) {
                return arrays.get(i);
            }
        }
        throw new IllegalArgumentException("no parameter is called '" + name + "'");
    }

    /** The arrays by name, in order. */
    public Map<String, NDArray> byName() {
        Map<String, NDArray> map = new LinkedHashMap<>();
        for (int i = 0; i < specs.size(); i++) {
            map.put(specs.get(i).name(), arrays.get(i));
        }
        return map;
    }

    /** The arrays by name with a prefix, ready to be written. */
    public Map<String, NDArray> prefixed(String prefix) {
        Map<String, NDArray> map = new LinkedHashMap<>();
        byName().forEach((name, array) -> map.put(prefix + name, array));
        return map;
    }

    /**
     * Overwrites all values with saved ones.
     *
     * @param saved arrays by name, among them {@code prefix + name} for each of these
     * @throws IllegalArgumentException naming a missing array, or one of another shape with both shapes
     */
    public void restore(Map<String, NDArray> saved, String prefix) {
        byName().forEach((name, array) -> copy(prefix + name, saved, array));
    }

    /** Overwrites one parameter with the saved array of its name. */
    public void restore(String name, Map<String, NDArray> saved) {
        copy(name, saved, get(name));
    }

    private static void copy(String name, Map<String, NDArray> saved, NDArray into) {
        NDArray value = saved.get(name);
        if (value == null) {
            throw new IllegalArgumentException("tensor '" + name + "' " + into.getShape() + " is missing");
        }
        if (!value.getShape().equals(into.getShape())) {
            throw new IllegalArgumentException(
                    "tensor '" + name + "' has shape " + value.getShape() + ", the model needs " + into.getShape());
        }
        into.set(HostCopy.floats(value));
    }
}
