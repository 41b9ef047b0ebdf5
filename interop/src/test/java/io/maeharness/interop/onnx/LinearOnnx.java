package io.maeharness.interop.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Classifiers of other programs, as small as they can be: the pixels of an image times a matrix. */
final class LinearOnnx {
    private LinearOnnx() {}

    /**
     * Writes one whose logit of class k is {@code k} times the mean pixel.
     *
     * @param noNumbers of so many classes, from the first on, the logits are not-a-number
     */
    static Path write(Path file, int channels, int side, int classes, int noNumbers) {
        OnnxGraph graph = new OnnxGraph("linear", Opset.V17);
        String images = graph.input("images", OnnxGraph.BATCH, channels, side, side);
        String flat = graph.node("flat", "Flatten", List.of(images));
        int inputs = channels * side * side;
        float[] values = new float[inputs * classes];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % classes < noNumbers ? Float.NaN : i % classes / (float) inputs;
        }
        graph.node("logits", "MatMul", List.of(flat, graph.constant(OnnxConstant.of("W", values, inputs, classes))));
        graph.output("logits", OnnxGraph.BATCH, classes);
        new OnnxFile(file).write(graph, "test", Map.of());
        return file;
    }

    /** Calls the numbers of such a file fp16, and halves their bytes. */
    static Path inHalf(Path file) {
        try {
            ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
            GraphProto.Builder graph = model.getGraphBuilder();
            int half = TensorProto.DataType.FLOAT16.getNumber();
            graph.getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().setElemType(half);
            graph.getOutputBuilder(0).getTypeBuilder().getTensorTypeBuilder().setElemType(half);
            TensorProto.Builder weights = graph.getInitializerBuilder(0);
            weights.setDataType(half)
                    .setRawData(weights.getRawData()
                            .substring(0, weights.getRawData().size() / 2));
            return Files.write(file, model.build().toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says that such a file takes so many images at once. */
    static Path withBatch(Path file, long images) {
        try {
            ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
            model.getGraphBuilder()
                    .getInputBuilder(0)
                    .getTypeBuilder()
                    .getTensorTypeBuilder()
                    .getShapeBuilder()
                    .getDimBuilder(0)
                    .setDimValue(images);
            return Files.write(file, model.build().toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
