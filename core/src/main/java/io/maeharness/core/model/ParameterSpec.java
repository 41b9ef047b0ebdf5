package io.maeharness.core.model;

import java.util.Arrays;
import java.util.List;

/**
 * Name, shape and first values of one parameter.
 *
 * @param name the official implementation's name
 * @param shape sizes, outermost first
 * @param initialisation how the first values are drawn
 * @param product whether only matrix products read it, so that bf16 products may read it as bf16
 */
public record ParameterSpec(String name, List<Long> shape, Initialisation initialisation, boolean product) {
    /** Copies the shape. */
    public ParameterSpec {
        shape = List.copyOf(shape);
    }

    /** A matrix, or the kernel of the patch projection: Xavier-uniform. */
    public static ParameterSpec weight(String name, long... shape) {
        return new ParameterSpec(name, boxed(shape), Initialisation.XAVIER_UNIFORM, true);
    }

    /** A bias: zeros. */
    public static ParameterSpec bias(String name, long size) {
        return new ParameterSpec(name, List.of(size), Initialisation.ZEROS, true);
    }

    /** The gain of a norm: ones. */
    public static ParameterSpec normWeight(String name, long size) {
        return new ParameterSpec(name, List.of(size), Initialisation.ONES, false);
    }

    /** The shift of a norm: zeros. */
    public static ParameterSpec normBias(String name, long size) {
        return new ParameterSpec(name, List.of(size), Initialisation.ZEROS, false);
    }

    /** Factors of a residual branch; a method that trains them sets their first value. */
    public static ParameterSpec layerScale(String name, long size) {
        return new ParameterSpec(name, List.of(size), Initialisation.ONES, false);
    }

    /** A learned token [1, 1, size]: normal, deviation 0.02. */
    public static ParameterSpec token(String name, long size) {
        return new ParameterSpec(name, List.of(1L, 1L, size), Initialisation.NORMAL_002, false);
    }

    /** The shape as an array. */
    public long[] sizes() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    /** Number of values. */
    public long count() {
        return shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
    }

    private static List<Long> boxed(long[] shape) {
        return Arrays.stream(shape).boxed().toList();
    }
}
