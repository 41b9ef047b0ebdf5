package io.maeharness.interop.onnx;

import ai.djl.ndarray.NDArray;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * A constant of a graph whose bytes are fetched when they are written, so that a large model is never held twice.
 *
 * @param name unique in the graph
 * @param type float or int64
 * @param shape sizes, outermost first
 * @param bytes values in row-major order, little-endian
 */
record OnnxConstant(String name, TensorProto.DataType type, List<Long> shape, Supplier<ByteBuffer> bytes) {
    /** Copies the shape. */
    OnnxConstant {
        shape = List.copyOf(shape);
    }

    /** The values of an engine's array of floats. */
    static OnnxConstant of(String name, NDArray array) {
        return floats(name, () -> array.toByteBuffer(), array.getShape().getShape());
    }

    /** The transpose of an engine's matrix. */
    static OnnxConstant transposed(String name, NDArray matrix) {
        long rows = matrix.getShape().get(0);
        long columns = matrix.getShape().get(1);
        return floats(name, () -> transpose(matrix, (int) rows, (int) columns), columns, rows);
    }

    static OnnxConstant of(String name, float[] values, long... shape) {
        return floats(
                name,
                () -> {
                    ByteBuffer bytes = little(values.length * Float.BYTES);
                    bytes.asFloatBuffer().put(values);
                    return bytes;
                },
                shape);
    }

    /** A list of integers, as shapes and axes are. */
    static OnnxConstant of(String name, long... values) {
        return integers(name, List.of((long) values.length), values);
    }

    /** A single integer without a shape, as an index is. */
    static OnnxConstant scalar(String name, long value) {
        return integers(name, List.of(), value);
    }

    private static OnnxConstant integers(String name, List<Long> shape, long... values) {
        ByteBuffer bytes = little(values.length * Long.BYTES);
        bytes.asLongBuffer().put(values);
        return new OnnxConstant(name, TensorProto.DataType.INT64, shape, bytes::duplicate);
    }

    /** Length of the values, bytes. */
    long size() {
        long width = type == TensorProto.DataType.INT64 ? Long.BYTES : Float.BYTES;
        return shape.stream().mapToLong(Long::longValue).reduce(width, Math::multiplyExact);
    }

    /** Name, type and shape, without values. */
    TensorProto.Builder header() {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .addAllDims(shape);
    }

    private static OnnxConstant floats(String name, Supplier<ByteBuffer> bytes, long... shape) {
        return new OnnxConstant(
                name, TensorProto.DataType.FLOAT, LongStream.of(shape).boxed().toList(), bytes);
    }

    private static ByteBuffer transpose(NDArray matrix, int rows, int columns) {
        FloatBuffer from = matrix.toByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
        ByteBuffer bytes = little(rows * columns * Float.BYTES);
        FloatBuffer to = bytes.asFloatBuffer();
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < rows; row++) {
                to.put(from.get(row * columns + column));
            }
        }
        return bytes;
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
