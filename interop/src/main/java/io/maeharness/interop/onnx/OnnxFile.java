package io.maeharness.interop.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.maeharness.core.error.HarnessException;
import io.maeharness.files.AtomicFile;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes a graph as a file. A message of protobuf holds 2 GiB at most, so the constants of a large model lie in a second
 * file beside it, {@code NAME.onnx.data}.
 */
final class OnnxFile {
    /** Constants of more bytes than this get a file of their own. */
    static final long LARGEST_INLINE = 1_500_000_000;

    private static final String PRODUCER = "mae-harness";
    private final Path file;
    private final long largestInline;

    OnnxFile(Path file) {
        this(file, LARGEST_INLINE);
    }

    OnnxFile(Path file, long largestInline) {
        this.file = file.toAbsolutePath();
        this.largestInline = largestInline;
    }

    /** The second file of a model, which it names without its directory. */
    static Path dataOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".data");
    }

    /**
     * Writes the file, or both; an old file of the name is there until the new one is complete.
     *
     * @param properties free text by key
     * @return the files written
     * @throws HarnessException of kind DISK when that is not possible
     */
    List<Path> write(OnnxGraph graph, String harnessVersion, Map<String, String> properties) {
        boolean large = graph.constants().stream().mapToLong(OnnxConstant::size).sum() > largestInline;
        try {
            GraphProto complete = large ? external(graph) : inline(graph);
            ModelProto model = model(complete, graph.opset(), harnessVersion, properties);
            AtomicFile.stream(file, channel -> model.writeTo(Channels.newOutputStream(channel)));
            return large ? List.of(file, dataOf(file)) : List.of(file);
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.DISK,
                    "cannot write " + file + " (" + e.getMessage() + "); free some space or choose another file",
                    e);
        }
    }

    private static ModelProto model(
            GraphProto graph, Opset opset, String harnessVersion, Map<String, String> properties) {
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(opset.irVersion())
                .setProducerName(PRODUCER)
                .setProducerVersion(harnessVersion)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset.number()))
                .setGraph(graph);
        properties.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build();
    }

    private static GraphProto inline(OnnxGraph graph) {
        GraphProto.Builder proto = graph.proto();
        graph.constants().forEach(constant -> proto.addInitializer(withValues(constant)));
        return proto.build();
    }

    private static TensorProto.Builder withValues(OnnxConstant constant) {
        return constant.header().setRawData(ByteString.copyFrom(constant.bytes().get()));
    }

    /** Streams the floats into the second file; the few integers stay, as shapes are read from them. */
    private GraphProto external(OnnxGraph graph) throws IOException {
        GraphProto.Builder proto = graph.proto();
        Path data = dataOf(file);
        AtomicFile.stream(data, channel -> {
            for (OnnxConstant constant : graph.constants()) {
                proto.addInitializer(
                        constant.type() == TensorProto.DataType.FLOAT
                                ? appended(channel, constant, data.getFileName().toString())
                                : withValues(constant));
            }
        });
        return proto.build();
    }

    private static TensorProto.Builder appended(FileChannel channel, OnnxConstant constant, String location)
            throws IOException {
        long offset = channel.position();
        AtomicFile.writeFully(channel, constant.bytes().get());
        return constant.header()
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addAllExternalData(List.of(
                        entry("location", location),
                        entry("offset", Long.toString(offset)),
                        entry("length", Long.toString(constant.size()))));
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }
}
