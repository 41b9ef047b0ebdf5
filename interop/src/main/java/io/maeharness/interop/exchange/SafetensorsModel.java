package io.maeharness.interop.exchange;

import io.maeharness.core.checkpoint.SafetensorsHeader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tensors of a safetensors file of any floating-point or integer type.
 *
 * @param tensors by name, in the order of the file
 * @param metadata free text by key
 */
record SafetensorsModel(Map<String, StoredTensor> tensors, Map<String, String> metadata) {
    static SafetensorsModel read(FileChannel channel) throws IOException {
        SafetensorsHeader header = SafetensorsHeader.read(channel);
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (SafetensorsHeader.Entry entry : header.entries()) {
            tensors.put(
                    entry.name(),
                    new StoredTensor(
                            entry.name(),
                            entry.type(),
                            entry.shape(),
                            () -> values(channel, header.dataStart() + entry.begin(), entry)));
        }
        if (tensors.isEmpty()) {
            throw new IOException("it holds no tensors");
        }
        return new SafetensorsModel(tensors, header.metadata());
    }

    private static float[] values(FileChannel channel, long position, SafetensorsHeader.Entry entry)
            throws IOException {
        if (entry.bytes() > Integer.MAX_VALUE) {
            throw new IOException("a tensor of " + entry.bytes() + " bytes is larger than Java's arrays");
        }
        return StridedView.rowMajor(FileBytes.read(channel, position, (int) entry.bytes()), entry.type());
    }
}
