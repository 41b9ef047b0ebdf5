package io.maeharness.interop.exchange;

import io.maeharness.core.checkpoint.ElementType;
import java.io.IOException;
import java.util.List;

/**
 * A tensor of a file: known by name, type and shape; its values are read when they are asked for.
 *
 * @param name as the file has it
 * @param type format of the values in the file
 * @param shape sizes, outermost first; their product is known to fit the file
 * @param values reads the values
 */
record StoredTensor(String name, ElementType type, List<Long> shape, Values values) {
    /** Copies the shape. */
    StoredTensor {
        shape = List.copyOf(shape);
    }

    /** Reads values as fp32, in row-major order. */
    @FunctionalInterface
    interface Values {
        /**
         * Reads them.
         *
         * @throws IOException when the file cannot be read or is damaged there
         */
        float[] read() throws IOException;
    }
}
