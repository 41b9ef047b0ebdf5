package io.maeharness.interop.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * An ONNX graph in the making. Every value has a name; a method that makes one returns it, so that calls nest as the
 * computation does.
 */
final class OnnxGraph {
    /** The size that stays open until the model is run. */
    static final long BATCH = -1;

    private static final String BATCH_NAME = "N";
    private final Opset opset;
    private final GraphProto.Builder graph;
    private final Map<String, OnnxConstant> constants = new LinkedHashMap<>();

    OnnxGraph(String name, Opset opset) {
        this.opset = opset;
        graph = GraphProto.newBuilder().setName(name);
    }

    Opset opset() {
        return opset;
    }

    /** Declares an input of floats; {@link #BATCH} stands for the open size. */
    String input(String name, long... shape) {
        graph.addInput(floats(name, shape));
        return name;
    }

    /** Declares that a value of floats is an output. */
    void output(String name, long... shape) {
        graph.addOutput(floats(name, shape));
    }

    /** Adds a constant; one of the same name is kept. */
    String constant(OnnxConstant constant) {
        constants.putIfAbsent(constant.name(), constant);
        return constant.name();
    }

    /** A list of integers, shared by all who ask for the same. */
    String integers(long... values) {
        String name =
                "integers " + LongStream.of(values).mapToObj(Long::toString).collect(Collectors.joining(" "));
        return constant(OnnxConstant.of(name, values));
    }

    /** A single number, shared by all who ask for the same. */
    String number(float value) {
        return constant(OnnxConstant.of("number " + value, new float[] {value}));
    }

    /** Applies an operator; the result is called {@code name}. */
    String node(String name, String operator, List<String> inputs, AttributeProto... attributes) {
        node(name, List.of(name), operator, inputs, attributes);
        return name;
    }

    /** Applies an operator with several results. */
    List<String> node(
            String name, List<String> outputs, String operator, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setName(name)
                .setOpType(operator)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes)));
        return outputs;
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto attribute(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    static AttributeProto attribute(String name, List<Long> values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(values)
                .build();
    }

    /** The constants in the order in which they were added. */
    List<OnnxConstant> constants() {
        return List.copyOf(constants.values());
    }

    /** Nodes, inputs and outputs, without the constants. */
    GraphProto.Builder proto() {
        return graph.clone();
    }

    private static ValueInfoProto floats(String name, long... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (long size : shape) {
            TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
            dimensions.addDim(size == BATCH ? dimension.setDimParam(BATCH_NAME) : dimension.setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(dimensions)))
                .build();
    }
}
